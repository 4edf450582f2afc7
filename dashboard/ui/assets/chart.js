// A Plotly chart that stays on the page. New figures go to the chart that stands, so that it is
// neither taken down nor zoomed out, and years of a map are frames that need no new figure.

const INSTANTLY = { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } };

let library = null;

/** plotly.js of the Python package, from this server; pictures are made with it too. */
function plotly(address) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      library = null;
      reject(new Error("The drawing library did not arrive."));
    };
    document.head.appendChild(script);
  });
  return library;
}

/** Plotly gives up the promise of an animation that a reader stops, without a reason; nothing is
 * wrong then, and the console should say nothing. */
function forgiveStoppedAnimations() {
  if (window.seabeltForgives) return;
  window.seabeltForgives = true;
  window.addEventListener("unhandledrejection", (event) => {
    if (event.reason === undefined) event.preventDefault();
  });
}

function yearOnShow(host) {
  const slider = host._fullLayout?.sliders?.[0];
  return slider ? slider.steps[slider.active].label : null;
}

/** Move a map to a year that it has, as if by its slider. Nobody waits for it: the promise of an
 * animation that another one overtakes may never be kept. */
function show(host, Plotly, year) {
  const label = String(year);
  const steps = host._fullLayout?.sliders?.[0]?.steps ?? [];
  if (yearOnShow(host) === label || !steps.some((step) => step.label === label)) return;
  Plotly.animate(host, [label], INSTANTLY).catch(() => {});
}

async function draw(host, data, click) {
  const Plotly = await plotly(data.plotly);
  await Plotly.react(host, { ...JSON.parse(data.figure), config: data.config });
  host.seabeltShow = (year) => {
    host.seabeltYear = year;
    show(host, Plotly, year);
  };
  if (host.seabeltYear) show(host, Plotly, host.seabeltYear);
  host.removeAllListeners("plotly_click");
  host.on("plotly_click", ({ points }) => {
    const point = points[0];
    const place = point.customdata ?? point.location;
    if (place) click(Array.isArray(place) ? place[0] : place);
  });
  host.dataset.drawn = data.name;
}

export default function chart({ data, parentElement, setTriggerValue }) {
  forgiveStoppedAnimations();
  const host = parentElement.querySelector(".seabelt-chart");
  host.style.height = data.height;
  delete host.dataset.drawn;
  // One after the other: a figure must not overtake the one before it.
  host.seabeltTurn = (host.seabeltTurn ?? Promise.resolve())
    .then(() => draw(host, data, (place) => setTriggerValue("place", place)))
    .catch((error) => {
      host.textContent = `The chart could not be drawn: ${error.message} Reload the page.`;
    });
}
