// For a browser on the server: where Kaleido asks Plotly for an image, it gets the sheet of
// picture.js, with title, notes, sources and link around the chart.

{
  const plain = window.Plotly.toImage;

  window.Plotly.toImage = async (figure, options) => {
    const said = figure.layout?.meta?.sheet;
    if (!said) return plain(figure, options);
    const { sheet: _, ...meta } = figure.layout.meta;
    const chart = { data: figure.data, layout: { ...figure.layout, meta } };
    const markup = new XMLSerializer().serializeToString(await sheet(chart, said.words, said.size));
    if (options.format === "svg") {
      return options.imageDataOnly ? markup : `data:image/svg+xml,${encodeURIComponent(markup)}`;
    }
    const file = await asPng(markup, { ...said.size, scale: options.scale });
    const png = new Uint8Array(await file.arrayBuffer());
    let letters = "";
    for (let at = 0; at < png.length; at += 32768) {
      letters += String.fromCharCode(...png.subarray(at, at + 32768));
    }
    return btoa(letters);
  };
}
