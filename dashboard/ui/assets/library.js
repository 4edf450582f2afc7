// plotly.js of the Python package, from this server; pictures are made with it too.

let library = null;

function plotly(address) {
  if (window.Plotly) return Promise.resolve(window.Plotly);
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
