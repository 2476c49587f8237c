// The first screen, in browsers of any age: how it says what became of the page. The words are templates in the body.
(function () {
  window.say = function (code, detail) {
    var from = document.getElementById(code);
    var to = document.getElementById("first-words");
    if (!from || !to) return;
    to.innerHTML = from.innerHTML;
    to.setAttribute("data-finding", code);
    to.setAttribute("data-scope", "network");
    if (detail) to.setAttribute("data-detail", detail);
    document.documentElement.setAttribute("data-app", code === "wasm-late" ? "late" : "failed");
  };

  var address = function (url) { return url.split("#")[0]; };

  // Trunk's loader is a module in the page. Where a file that it imports does not come, or not as it was built, its
  // element has an error; where the browser is too old to read the loader itself, the window has.
  addEventListener("error", function (event) {
    var script = event.target;
    if (script.tagName === "SCRIPT" && !script.src) say("script-blocked");
    if (script !== window || !(event.error instanceof SyntaxError)) return;
    say(address(event.filename) === address(location.href) ? "browser-too-old" : "script-blocked");
  }, true);
})();
