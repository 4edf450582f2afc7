// The part of the world that a map shows: zoom, pan, and back to where it started.

const ZOOM_STEP = 1.5;
const MOST_SCALE = 60;
const PAN_SHARE = 0.15; // of the map's width or height
const NORTHERNMOST = 80; // degrees; Mercator has no pole

const KEYS = {
  "+": { zoom: ZOOM_STEP }, "=": { zoom: ZOOM_STEP }, "-": { zoom: 1 / ZOOM_STEP }, _: { zoom: 1 / ZOOM_STEP },
  ArrowLeft: { pan: [-1, 0] }, ArrowRight: { pan: [1, 0] }, ArrowUp: { pan: [0, -1] }, ArrowDown: { pan: [0, 1] },
  0: { reset: true }, Home: { reset: true },
};

function geosOf(layout) {
  return Object.keys(layout ?? {}).filter((name) => /^geo\d*$/.test(name));
}

/** What a map shows now: centre and rotation in degrees, scale relative to the preset. */
function windowOf(host, name = geosOf(host._fullLayout)[0]) {
  const geo = host._fullLayout[name];
  const round = (value, digits = 3) => Number(value.toFixed(digits));
  return {
    lon: round(geo.center.lon),
    lat: round(geo.center.lat),
    rotation: round(geo.projection.rotation.lon),
    scale: round(geo.projection.scale),
  };
}

/** A window as settings of every map in a layout; null is the preset, which Plotly works out. */
function windowSettings(layout, shown) {
  return Object.fromEntries(
    geosOf(layout).flatMap((geo) => [
      [`${geo}.center.lon`, shown?.lon ?? null],
      [`${geo}.center.lat`, shown?.lat ?? null],
      [`${geo}.projection.rotation.lon`, shown?.rotation ?? null],
      [`${geo}.projection.scale`, shown?.scale ?? null],
    ]),
  );
}

/** Put a window into a layout that is not drawn yet. */
function fillWindow(layout, shown) {
  for (const name of geosOf(layout)) {
    const geo = layout[name];
    // The reader's window is written into each layout: Plotly's own memory of it has to be off.
    geo.uirevision = JSON.stringify([geo.uirevision, shown]);
    if (!shown) continue;
    geo.center = { lon: shown.lon, lat: shown.lat };
    geo.projection = { ...geo.projection, rotation: { lon: shown.rotation }, scale: shown.scale };
  }
}

/** The window after a step of zoom, a step of pan in pixels of the map, or the way back. */
function moved(host, { zoom = 1, pan = [0, 0], reset = false }) {
  if (reset) return null;
  const now = windowOf(host);
  const scale = Math.min(Math.max(now.scale * zoom, 1), MOST_SCALE);
  if (!pan[0] && !pan[1]) return { ...now, scale };
  const { projection, midPt } = host._fullLayout[geosOf(host._fullLayout)[0]]._subplot;
  const [right, low] = projection.clipExtent()[1];
  const [left, top] = projection.clipExtent()[0];
  const spot = [
    midPt[0] + pan[0] * PAN_SHARE * (right - left),
    midPt[1] + pan[1] * PAN_SHARE * (low - top),
  ];
  const [lon, lat] = projection.invert(spot);
  const shift = lon - now.lon;
  return {
    ...now,
    lon,
    lat: Math.min(Math.max(lat, -NORTHERNMOST), NORTHERNMOST),
    rotation: now.rotation + shift,
  };
}
