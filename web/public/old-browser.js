// biome-ignore-all lint: written for browsers that know no modules and nothing of this decade.
// Leads whoever's browser cannot run the page to a page that says so. Where the page runs, it does nothing.
(function () {
  var failed = !("noModule" in document.createElement("script"));
  window.addEventListener("error", function (event) {
    if (event.message) failed = true;
  });
  window.addEventListener("load", function () {
    var page = document.getElementById("page");
    if (failed && page && !page.firstChild) location.replace("/old-browser");
  });
})();
