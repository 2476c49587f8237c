// Put before the page by torture.rs: call NUMBER of the page's programs to the browser ILL.
(() => {
  const ill = "ILL";
  window.calls = 0;
  const isIt = () => ++window.calls === NUMBER;
  if (ill === "throws") {
    const guard = (imports) => {
      for (const module of Object.values(imports)) {
        for (const [name, own] of Object.entries(module)) {
          if (typeof own !== "function" || !/^__wbg_/.test(name) || /throw/.test(name)) continue;
          module[name] = (...given) => {
            if (isIt()) throw new TypeError(`torture: ${name}`);
            return own(...given);
          };
        }
      }
      return imports;
    };
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const own = WebAssembly[name];
      WebAssembly[name] = (source, imports) => own.call(WebAssembly, source, imports && guard(imports));
    }
    return;
  }
  const kept = (own) => function (...given) {
    if (!isIt()) return own.apply(this, given);
    return ill === "rejects" ? Promise.reject(new TypeError("torture")) : new Promise(() => undefined);
  };
  window.fetch = kept(window.fetch);
  for (const name of ["text", "json", "arrayBuffer"]) Response.prototype[name] = kept(Response.prototype[name]);
  if (window.CacheStorage) CacheStorage.prototype.match = kept(CacheStorage.prototype.match);
})();
