// Years of a chart: each frame holds the values of a year for some traces, and no shapes.

const NUMBERS = {
  f4: Float32Array, f8: Float64Array, i1: Int8Array, i2: Int16Array, i4: Int32Array,
  u1: Uint8Array, u2: Uint16Array, u4: Uint32Array,
};

/** Numbers as Plotly's Python package writes them, as an array. */
function decoded(value) {
  if (typeof value?.bdata !== "string") return value;
  const bytes = Uint8Array.from(atob(value.bdata), (letter) => letter.charCodeAt(0));
  return new NUMBERS[value.dtype](bytes.buffer);
}

/** `{marker: {size: [..]}}` as pairs of `"marker.size"` and its value. */
function* leaves(item, prefix = "") {
  for (const [name, value] of Object.entries(item)) {
    if (prefix === "" && name === "type") continue;
    const path = prefix + name;
    const isGroup = value && typeof value === "object" && !Array.isArray(value) && !("bdata" in value);
    if (isGroup) yield* leaves(value, `${path}.`);
    else yield [path, decoded(value)];
  }
}

/** The frames of a figure, by the year in their names. */
class Years {
  constructor(frames, traces) {
    this.frames = new Map(frames.map((frame) => [Number(frame.name), frame]));
    this.all = [...this.frames.keys()].sort((one, other) => one - other);
    this.trails = traces.flatMap(({ meta }, index) => (meta?.trail ? [{ index, ...meta.trail }] : []));
  }

  /** What a year makes of which trace, as `[trace, path, value]`. */
  *changes(year) {
    const frame = this.frames.get(year);
    for (const [index, change] of (frame?.data ?? []).entries()) {
      for (const [path, value] of leaves(change)) yield [frame.traces[index], path, value];
    }
    for (const trail of frame ? this.trails : []) {
      const { x, y } = this.trail(trail, year);
      yield [trail.index, "x", x];
      yield [trail.index, "y", y];
    }
  }

  /** Where a point has been up to a year; no line joins years apart, or two definitions. */
  trail({ of, point, breaks }, until) {
    const path = { x: [], y: [] };
    let before = null;
    for (const year of this.all.filter((item) => item <= until)) {
      const { data, traces } = this.frames.get(year);
      const { x, y } = data[traces.indexOf(of)];
      const [across, up] = [decoded(x)[point], decoded(y)[point]];
      if (!Number.isFinite(across) || !Number.isFinite(up)) continue;
      if (before !== null && (year - before > 1 || breaks.includes(year))) {
        path.x.push(null);
        path.y.push(null);
      }
      path.x.push(across);
      path.y.push(up);
      before = year;
    }
    return path;
  }

  /** Put the values of a year into traces that are not drawn yet. */
  fill(traces, year) {
    for (const [trace, path, value] of this.changes(year)) {
      const names = path.split(".");
      const last = names.pop();
      let item = traces[trace];
      for (const name of names) item = item[name] ??= {};
      item[last] = value;
    }
  }

  /** Draw a year: one call for all traces that it changes, however many maps they are on. */
  draw(Plotly, host, year) {
    const traces = [...this.frames.get(year).traces, ...this.trails.map(({ index }) => index)];
    const update = {};
    for (const [trace, path, value] of this.changes(year)) {
      update[path] ??= Array(traces.length).fill(undefined); // undefined leaves a trace as it is
      update[path][traces.indexOf(trace)] = value;
    }
    return Plotly.restyle(host, update, traces);
  }
}
