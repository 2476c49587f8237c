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
    document.documentElement.setAttribute("data-app", /-late$/.test(code) ? "late" : "failed");
  };

  var address = function (url) { return url.split(/[?#]/)[0]; };

  // The names that hold a hash of what is in them, of every file that a page is made of.
  var files = function (html) {
    var names = html.match(/[\w-]*[0-9a-f]{12,}[\w-]*\.(js|wasm|txt)/g) || [];
    return names.sort().filter(function (name, at) { return name !== names[at - 1]; }).join();
  };
  var own = function () { return files(document.head.outerHTML); };

  // Where a file of the page did not come: whether the site gives this page still, or another version of it, or none.
  // The answer is "same", "other" or "none".
  window.published = function () {
    return fetch(address(location.href), { cache: "reload" }).then(function (response) {
      return response.ok ? response.text() : "";
    }).then(function (html) {
      var now = files(html);
      if (!now) return "none";
      return now === own() ? "same" : "other";
    }).catch(function () { return "none"; });
  };

  // Loads the page anew, once for each version that it finds. False where it did so already, or may not know.
  window.renew = function () {
    var name = "reachcheck.renewed " + address(location.href);
    var of = own();
    try {
      if (sessionStorage.getItem(name) === of) return false;
      sessionStorage.setItem(name, of);
    } catch (error) {
      return false;
    }
    location.reload();
    return true;
  };

  // Trunk's loader is a module in the page. Where a file that it imports does not come, or not as it was built, its
  // element has an error; where the browser is too old to read the loader itself, the window has.
  var stopped = function () {
    say("script-blocked");
    if (!window.fetch) return;
    published().then(function (what) { if (what === "other") renew(); });
  };
  addEventListener("error", function (event) {
    var script = event.target;
    if (script.tagName === "SCRIPT" && !script.src) stopped();
    if (script !== window || !(event.error instanceof SyntaxError)) return;
    if (address(event.filename) === address(location.href)) say("browser-too-old");
    else stopped();
  }, true);
})();
