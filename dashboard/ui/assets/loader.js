// What Streamlit is sent in place of a component's script, which is fetched from its own address.

const TRIES = 5;
const FIRST_REST_MS = 500;

let script = null;

// A browser may remember that an address failed: each further try has one of its own.
async function fetched(tries = 0) {
  try {
    return await import(`${location.origin}${ADDRESS}${tries ? `&try=${tries}` : ""}`);
  } catch (error) {
    if (tries + 1 === TRIES) throw error;
    await new Promise((rested) => setTimeout(rested, FIRST_REST_MS * 2 ** tries));
    return fetched(tries + 1);
  }
}

const newest = new WeakMap();

export default async function load(component) {
  const place = component.parentElement;
  newest.set(place, component);
  script ??= fetched();
  const { default: draw } = await script;
  // While the script was on its way the page may have said something newer. What was drawn of the
  // older would be taken down after the newer had been drawn in the same place.
  return newest.get(place) === component ? draw(component) : undefined;
}
