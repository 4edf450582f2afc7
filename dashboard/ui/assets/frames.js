// Years of a map: each frame holds the values of a year for some traces, and no shapes.

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
  constructor(frames) {
    this.frames = new Map(frames.map((frame) => [Number(frame.name), frame]));
    this.all = [...this.frames.keys()].sort((one, other) => one - other);
  }

  /** Put the values of a year into traces that are not drawn yet. */
  fill(traces, year) {
    const frame = this.frames.get(year);
    frame?.data.forEach((change, index) => {
      for (const [path, value] of leaves(change)) {
        const names = path.split(".");
        const last = names.pop();
        let item = traces[frame.traces[index]];
        for (const name of names) item = item[name] ??= {};
        item[last] = value;
      }
    });
  }

  /** Draw a year: one call for all traces of the frame, however many maps they are on. */
  draw(Plotly, host, year) {
    const { data, traces } = this.frames.get(year);
    const update = {};
    data.forEach((change, index) => {
      for (const [path, value] of leaves(change)) {
        update[path] ??= Array(traces.length).fill(undefined); // undefined leaves a trace as it is
        update[path][index] = value;
      }
    });
    return Plotly.restyle(host, update, traces);
  }
}
