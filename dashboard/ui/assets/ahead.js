// The map that stands before the application does, until a page takes it over.

// A page that has run to its end may still wait for the script that draws its charts.
const LATE_MILLISECONDS = 3000;

let ahead = null;
let hasApplication = false;

/** Draw a chart that no page has asked for yet, in markup of its own; `name` is that of the chart
 * which will take it over. */
export async function begin({ markup, name, data }) {
  if (hasApplication) return;
  const box = document.createElement("div");
  box.innerHTML = markup;
  document.body.append(box);
  const root = box.querySelector(".chart");
  const chart = new Chart(root);
  charts.set(root, chart);
  const told = [];
  const ends = new MutationObserver(() => hasEnded() && wait(ahead));
  ahead = { box, root, chart, name, figure: data.figure, told, ends, path: window.location.pathname };
  ends.observe(document.body, { subtree: true, attributeFilter: ["data-test-script-state"] });
  chart.update(data, (event, value) => told.push([event, value]));
  await chart.turn;
}

/** The place of a page's chart: that of the map that stands already, if it is the same. What its
 * reader has chosen on it meanwhile is told to the page. */
function takenOver(root, { name, figure }, send) {
  hasApplication = true;
  if (ahead?.name !== name) return root;
  if (ahead.figure !== figure) {
    giveUp(ahead);
    return root;
  }
  const { root: standing, told } = ahead;
  root.replaceWith(standing);
  clear();
  setTimeout(() => told.forEach(([event, value]) => send(event, value)));
  return standing;
}

/** Whether a page has run to its end: each has a heading, or says why it has none. */
function hasEnded() {
  const said = "h1, [data-testid=stAlert], [data-testid=stException]";
  return document.querySelector(`[data-test-script-state=notRunning] :is(${said})`) !== null;
}

/** Give a page that has ended time to take the map over; another page will not. */
function wait(standing) {
  const isLeft = standing.path !== window.location.pathname;
  setTimeout(() => giveUp(standing), isLeft ? 0 : LATE_MILLISECONDS);
}

function giveUp(standing) {
  if (ahead !== standing) return;
  ahead.chart.leave();
  clear();
}

function clear() {
  ahead.ends.disconnect();
  ahead.box.remove();
  ahead = null;
}
