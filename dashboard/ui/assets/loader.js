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

export default async function load(component) {
  script ??= fetched();
  return (await script).default(component);
}
