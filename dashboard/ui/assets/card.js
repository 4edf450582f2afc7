// Actions of a chart card that happen in the reader's browser: a picture of the chart as it
// stands, and the link to the view.

const CHART_SECONDS = 20;
const SIZE_KEPT = "seabelt-picture-size"; // for as long as the tab is open

function chartOf(key) {
  return document.querySelector(`.st-key-${key} .js-plotly-plot`);
}

/** The chart, once it is drawn. */
function whenDrawn(key) {
  return new Promise((resolve, reject) => {
    const ready = () => {
      const chart = chartOf(key);
      return chart && chart.seabelt && chart._fullLayout ? chart : null;
    };
    const found = ready();
    if (found) return resolve(found);
    const observer = new MutationObserver(() => {
      const chart = ready();
      if (!chart) return;
      observer.disconnect();
      clearTimeout(limit);
      resolve(chart);
    });
    observer.observe(document.body, { childList: true, subtree: true, attributes: true });
    const limit = setTimeout(() => {
      observer.disconnect();
      reject(new Error("The chart was not drawn."));
    }, CHART_SECONDS * 1000);
  });
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000); // the browser reads it after this turn
}

async function copyLink(data) {
  const address = new URL(data.path, window.location.origin).href;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    // Pages that are not served over https may not use the clipboard: offer the text instead.
    window.prompt("Copy this link:", address);
  }
  return "Link copied";
}

export default function card({ data, parentElement }) {
  const status = parentElement.querySelector("[role=status]");
  const say = (text) => {
    status.textContent = text;
  };
  const act = (name, work) => {
    const button = parentElement.querySelector(`[data-action=${name}]`);
    button.onclick = async () => {
      button.disabled = true;
      say("Working …");
      try {
        say(await work());
      } catch (error) {
        say(`That did not work: ${error.message} Reload the page and try again.`);
      } finally {
        button.disabled = false;
      }
    };
  };
  const pictures = [...parentElement.querySelectorAll("[data-action=png], [data-action=svg]")];
  // A picture carries the notes and sources of one year: none is made while a map moves.
  const moving = (isMoving) => {
    for (const button of pictures) button.disabled = isMoving;
    if (isMoving) say("Pictures wait until the map rests on a year");
    else if (status.textContent.startsWith("Pictures wait")) say("");
  };
  moving(false);
  const chooser = parentElement.querySelector("[data-choice=size]");
  for (const element of [...pictures, chooser.parentElement]) element.hidden = data.chart === null;
  chooser.value = sessionStorage.getItem(SIZE_KEPT) ?? chooser.value;
  chooser.onchange = () => sessionStorage.setItem(SIZE_KEPT, chooser.value);
  const absolute = { ...data, link: new URL(data.path, window.location.origin).href };
  const make = async (format) => {
    const chart = await whenDrawn(data.chart);
    const file = await picture(chart, absolute, format, SIZES[chooser.value]);
    save(file, `${data.file}.${format}`);
    return `${format.toUpperCase()} saved`;
  };
  act("png", () => make("png"));
  act("svg", () => make("svg"));
  act("link", () => copyLink(data));
  if (data.chart === null) return;
  whenDrawn(data.chart)
    .then((chart) => {
      chart.seabelt.onmoving = moving;
      moving(chart.seabelt.isMoving);
    })
    .catch(() => say("The chart could not be drawn. Reload the page."));
}
