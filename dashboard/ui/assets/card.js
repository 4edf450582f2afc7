// Actions of a chart card that happen in the reader's browser: a picture of the chart as it
// stands, the link to the view, and telling the page which year the reader moved a map to.

const CHART_SECONDS = 20;
const SETTLED_MILLISECONDS = 900; // longer than a step of a playing map, so play is one change
const PICTURE = { width: 1280, height: 720, scale: 1.25 }; // 1600 x 900 pixels
const LINE_LETTERS = 170;
const NOTE_LINES = 6;

function chartOf(key) {
  return document.querySelector(`.st-key-${key} .js-plotly-plot`);
}

/** The chart, once Streamlit has drawn it. */
function whenDrawn(key) {
  return new Promise((resolve, reject) => {
    const ready = () => {
      const chart = chartOf(key);
      return chart && chart.on && chart._fullLayout ? chart : null;
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

/** Lines no longer than the picture is wide; an address, which has no spaces, breaks anywhere. */
function wrapped(text) {
  const lines = [""];
  const pieces = text.split(" ").flatMap((word) => word.match(new RegExp(`.{1,${LINE_LETTERS}}`, "g")) ?? []);
  for (const word of pieces) {
    const line = lines[lines.length - 1];
    if (line && line.length + word.length + 1 > LINE_LETTERS) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}

function folded(text, letters) {
  return text.replace(new RegExp(`(.{1,${letters}})(\\s|$)`, "g"), "$1<br>").replace(/<br>$/, "");
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The chart's own data in a layout for a slide: title, unit, notes, sources and link inside. */
function slide(chart, data) {
  const copy = (value) =>
    JSON.parse(JSON.stringify(value, (_, item) => (ArrayBuffer.isView(item) ? [...item] : item)));
  const { colours } = data;
  const layout = copy(chart.layout);
  const notes = data.notes.flatMap(wrapped);
  const cut = notes.length > NOTE_LINES;
  const shown = [
    ...(cut ? [...notes.slice(0, NOTE_LINES - 1), "… more notes at the link"] : notes),
    ...wrapped(`Source: ${data.source}`),
    ...wrapped(data.link),
  ];
  const names = chart.data[0]?.orientation === "h" ? [...layout.yaxis.ticktext] : [];
  const axes = layout.geo ? 0 : 52;
  const margin = {
    r: 24, ...layout.margin, t: 92, b: 34 + shown.length * 17 + axes,
    l: layout.geo ? 24 : Math.max(84, 24 + 8.5 * Math.max(0, ...names.map((name) => name.length))),
  };
  if (layout.geo) margin.r = 24;
  // Labels of fixed room: growing margins would move the words placed beside the plot.
  for (const axis of [layout.xaxis, layout.yaxis]) if (axis) axis.automargin = false;
  const inside = PICTURE.width - margin.l - margin.r;
  const text = {
    xref: "paper", yref: "paper", showarrow: false, align: "left", xanchor: "left", yanchor: "top",
    x: (24 - margin.l) / inside,
  };
  delete layout.sliders;
  delete layout.updatemenus;
  Object.assign(layout, PICTURE, { autosize: false, margin, paper_bgcolor: colours.card });
  // A picture cannot load the page's fonts: letters are measured in the font they are drawn in.
  layout.font = { ...layout.font, family: data.sans };
  layout.annotations = [
    ...(layout.annotations ?? []),
    { ...text, y: 1, yshift: margin.t - 14, text: `<b>${escaped(data.title)}</b>`,
      font: { family: data.serif, size: 25, color: colours.ink } },
    { ...text, y: 1, yshift: margin.t - 50, text: escaped(data.subtitle),
      font: { size: 16, color: colours.muted } },
    { ...text, y: 0, yshift: -axes - 10, text: shown.map(escaped).join("<br>"),
      font: { size: 13, color: colours.muted } },
  ];
  if (layout.geo) {
    // The page writes a map's legend in text; a picture has it, and the scale, beside the map.
    const beside = 0.2;
    layout.showlegend = true;
    layout.legend = { ...layout.legend, orientation: "v", x: 0, y: 1, yanchor: "top", xanchor: "left",
      entrywidth: 150 };
    layout.geo.domain = { x: [beside, 1], y: [0, 1] };
    const bar = layout.coloraxis?.colorbar;
    const corner = { x: 0, xanchor: "left", y: 0, yanchor: "bottom", lenmode: "fraction" };
    if (bar) Object.assign(bar, { ...corner, len: beside * 0.9 });
  }
  const traces = copy(chart.data);
  if (layout.geo) for (const trace of traces) trace.name = folded(trace.name ?? "", 26);
  return { data: traces, layout };
}

function save(address, name) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.appendChild(link);
  link.click();
  link.remove();
}

async function picture(data, format) {
  const chart = await whenDrawn(data.chart);
  const figure = slide(chart, data);
  const address = await window.Plotly.toImage(figure, { format, ...PICTURE });
  save(address, `${data.file}.${format}`);
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

/** Tell Python which year a map rests on, after the reader has stopped moving it. */
function follow(chart, data, send, moving) {
  const shown = chart.closest("[class*=st-key-card_]")?.querySelector(".card-year");
  if (chart.seabeltFollows) chart.removeListener("plotly_sliderchange", chart.seabeltFollows);
  let settled = null;
  chart.seabeltFollows = ({ step }) => {
    clearTimeout(settled);
    const year = Number(step.label);
    if (shown) shown.textContent = step.label;
    moving(year !== data.year);
    if (year === data.year) return; // the page is there already
    settled = setTimeout(() => send(year), SETTLED_MILLISECONDS);
  };
  chart.on("plotly_sliderchange", chart.seabeltFollows);
  chart.seabeltYear = data.year; // shown by the chart itself where it is not ready yet
  chart.seabeltShow?.(data.year);
}

export default function card({ data, parentElement, setTriggerValue }) {
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
  for (const button of pictures) button.hidden = data.chart === null;
  const absolute = { ...data, link: new URL(data.path, window.location.origin).href };
  act("png", () => picture(absolute, "png").then(() => "PNG saved"));
  act("svg", () => picture(absolute, "svg").then(() => "SVG saved"));
  act("link", () => copyLink(data));
  if (data.chart !== null) {
    whenDrawn(data.chart)
      .then((chart) => {
        chart.setAttribute("aria-label", data.alt);
        return chart;
      })
      .then((chart) => data.year !== null && follow(chart, data, (year) => setTriggerValue("year", year), moving))
      .catch(() => say("The chart could not be drawn. Reload the page."));
  }
}
