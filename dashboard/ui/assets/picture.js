// A picture of a chart: the chart itself, drawn anew by Plotly in the room that is left between
// title, legend, notes, sources and link, which stand inside the picture.

const PAD = 24;
const GAP = 10;
const SMALL_GAP = 4; // between notes and sources: some fonts reach below the step of their lines
const MOST_FOOTER = 0.34; // of the height; notes that need more are at the link
const LEGEND_WIDTH = 236; // beside a map that is wider than high
const MAP_HEIGHT = 0.85; // of its width: more would be a gap between the map and its scale
const MOST_SHRUNK = 5; // a chart with rows to keep apart is drawn at its own height and made smaller
const LEAST_CHART = 80; // of its height: a lower one cannot be read, and below ten Plotly draws none
const NO_ROOM = "there is no room for the chart; choose a larger picture or smaller letters.";
const SVG = "http://www.w3.org/2000/svg";

const pen = document.createElement("canvas").getContext("2d");

/** Lines of a text that fit a width; a word that does not, such as an address, breaks anywhere. */
function wrapped(text, font, width) {
  pen.font = font;
  const fits = (line) => pen.measureText(line).width <= width;
  const lines = [""];
  for (let word of text.split(" ")) {
    const joined = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (fits(joined)) {
      lines[lines.length - 1] = joined;
      continue;
    }
    if (lines.at(-1)) lines.push("");
    while (!fits(word)) {
      let length = word.length;
      while (length > 1 && !fits(word.slice(0, length))) length -= 1;
      lines[lines.length - 1] = word.slice(0, length);
      lines.push("");
      word = word.slice(length);
    }
    lines[lines.length - 1] = word;
  }
  return lines;
}

function svgPart(name, attributes = {}, text = "") {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}

/** Text that is laid out before it is drawn, so that what stands below knows where to begin. */
class Block {
  constructor(texts, { family, size, weight = 400, colour, width }) {
    this.style = { "font-family": family, "font-size": size, "font-weight": weight, fill: colour };
    this.size = size;
    this.step = Math.round(size * 1.32);
    this.lines = texts.flatMap((text) => wrapped(text, `${weight} ${size}px ${family}`, width));
  }

  get height() {
    return this.lines.length * this.step;
  }

  at(x, y) {
    const block = svgPart("g", this.style);
    this.lines.forEach((line, index) => {
      block.append(svgPart("text", { x, y: y + index * this.step + this.size }, line));
    });
    return block;
  }
}

/** A text in other colours, by a table of those that stand for each other; a hash may be %23. */
function recoloured(text, table) {
  if (!table) return text;
  return text.replace(/(#|%23)([0-9a-f]{6})/gi, (found, hash, colour) => {
    const other = table[`#${colour.toLowerCase()}`];
    return other ? hash + other.slice(1) : found;
  });
}

/** The drawing of a legend's mark, which the page has as an image or as it is. */
function drawingOf(mark) {
  const element = new DOMParser().parseFromString(mark, "text/html").body.firstElementChild;
  const isImage = element instanceof HTMLImageElement;
  const markup = isImage ? decodeURIComponent(element.getAttribute("src").split(",")[1]) : element.outerHTML;
  return document.importNode(new DOMParser().parseFromString(markup, "image/svg+xml").documentElement, true);
}

/** Entries of a legend in rows as wide as the room, or one below the other in a narrow one. */
class Legend {
  constructor(items, font, colour, width) {
    this.parts = [];
    let x = 0;
    let y = 0;
    for (const { mark_svg: mark, text, isTitle } of items) {
      const drawing = mark && drawingOf(mark);
      const room = drawing ? Number(drawing.getAttribute("width")) + 7 : 0;
      const block = new Block([text], { ...font, weight: isTitle ? 700 : 400, colour, width: width - room });
      pen.font = `${isTitle ? 700 : 400} ${font.size}px ${font.family}`;
      const wide = room + Math.max(...block.lines.map((line) => pen.measureText(line).width));
      if (x > 0 && (x + wide > width || isTitle)) {
        x = 0;
        y += this.row;
        this.row = 0;
      }
      this.parts.push({ drawing, block, room, x, y });
      this.row = Math.max(this.row ?? 0, block.height + 3);
      x += wide + 18;
    }
    this.height = y + (this.row ?? 0);
  }

  at(left, top) {
    const group = svgPart("g");
    for (const { drawing, block, room, x, y } of this.parts) {
      if (drawing) {
        const high = Number(drawing.getAttribute("height"));
        drawing.setAttribute("x", left + x);
        drawing.setAttribute("y", top + y + (block.step - high) / 2);
        group.append(drawing);
      }
      group.append(block.at(left + x + room, top + y));
    }
    return group;
  }
}

/** What the legend of the page says: the ticked layers, or the entries that are only read. */
function legendItems(chart, data) {
  const { legend, shown } = chart.seabelt ?? { legend: [] };
  if (!legend.length) return data.legend;
  return legend
    .filter(({ layer, items }) => shown.value.includes(layer) && items.length)
    .flatMap(({ title, items }) => [{ text: title, isTitle: true }, ...items]);
}

function mapsOf(layout) {
  return Object.keys(layout).filter((name) => /^geo\d*$/.test(name)).map((name) => layout[name]);
}

/** The most that a chart may be high, as a share of its width. */
function highest(layout) {
  const starts = (axis) => new Set(mapsOf(layout).map(({ domain }) => domain?.[axis]?.[0] ?? 0)).size;
  return mapsOf(layout).length ? (MAP_HEIGHT * starts("y")) / starts("x") : Infinity;
}

/** The chart as it stands, in a size of its own, as an svg element. */
async function chartDrawing(chart, data, width, height) {
  const copy = (value) =>
    JSON.parse(
      recoloured(JSON.stringify(value, (_, item) => (ArrayBuffer.isView(item) ? [...item] : item)), data.looks),
    );
  const layout = { ...copy(chart.layout), width, height, autosize: false, showlegend: false };
  // A picture cannot load the page's fonts: letters are measured in the font they are drawn in.
  layout.font = { ...layout.font, family: data.sans };
  layout.paper_bgcolor = data.colours.card;
  const address = await window.Plotly.toImage(
    { data: copy(chart.data), layout },
    { format: "svg", width, height, imageDataOnly: true },
  );
  const markup = address.includes("<svg") ? address : decodeURIComponent(address.split(",")[1]);
  return document.importNode(new DOMParser().parseFromString(markup, "image/svg+xml").documentElement, true);
}

/** A text in a list, or no text. */
function said(text) {
  return text ? [text] : [];
}

/** The whole picture as an svg element. */
async function sheet(chart, data, size) {
  const { colours } = data;
  const [width, height] = [size.width / size.zoom, size.height / size.zoom];
  const room = width - 2 * PAD;
  const sans = { family: data.sans, colour: colours.muted, width: room };
  const title = new Block(said(data.title), { ...sans, family: data.serif, size: 25, weight: 700, colour: colours.ink });
  const subtitle = new Block(said(data.subtitle), { ...sans, size: 16 });
  const small = { ...sans, size: 13 };
  const source = new Block([...said(data.source && `Source: ${data.source}`), ...said(data.link)], small);
  const notes = new Block(data.notes, small);
  const most = Math.max(0, Math.floor((height * MOST_FOOTER - source.height) / notes.step));
  if (notes.lines.length > most) notes.lines.splice(Math.max(0, most - 1), Infinity, "… more notes at the link");

  const items = legendItems(chart, data).map((item) =>
    item.mark_svg ? { ...item, mark_svg: recoloured(item.mark_svg, data.looks) } : item,
  );
  const isBeside = mapsOf(chart.layout).length > 0 && items.length > 0 && width > height * 1.1;
  const legend = new Legend(items, { family: data.sans, size: 13 }, colours.ink, isBeside ? LEGEND_WIDTH : room);

  const top = PAD + title.height + 4 + subtitle.height + GAP;
  const under = height - PAD - source.height - SMALL_GAP - notes.height;
  const legendAbove = isBeside || !items.length ? 0 : legend.height + GAP;
  const left = PAD + (isBeside ? LEGEND_WIDTH + GAP : 0);
  const across = Math.floor(width - PAD - left);
  const down = Math.floor(Math.min(under - GAP - top - legendAbove, across * highest(chart.layout)));
  if (down < LEAST_CHART) throw new Error(NO_ROOM);
  const shrunk = Math.min(MOST_SHRUNK, Math.max(1, (chart.layout.height ?? 0) / down));
  const [wide, high] = [Math.round(across * shrunk), Math.round(down * shrunk)];
  const drawn = await chartDrawing(chart, data, wide, high);
  const place = { x: left, y: top + legendAbove, width: across, height: down, viewBox: `0 0 ${wide} ${high}` };
  for (const [name, value] of Object.entries(place)) drawn.setAttribute(name, value);

  const picture = svgPart("svg", { width: size.width, height: size.height, viewBox: `0 0 ${width} ${height}` });
  picture.append(
    svgPart("rect", { width, height, fill: colours.card }),
    drawn,
    title.at(PAD, PAD),
    subtitle.at(PAD, PAD + title.height + 4),
    legend.at(PAD, top),
    notes.at(PAD, under),
    source.at(PAD, height - PAD - source.height),
  );
  return picture;
}

async function asPng(markup, { width, height, scale = 1 }) {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(markup)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: width * scale, height: height * scale });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** A file of the chart as it stands: "png" or "svg", of a width, height, zoom and scale. */
async function picture(chart, data, format, size) {
  const markup = new XMLSerializer().serializeToString(await sheet(chart, data, size));
  return format === "svg" ? new Blob([markup], { type: "image/svg+xml" }) : asPng(markup, size);
}
