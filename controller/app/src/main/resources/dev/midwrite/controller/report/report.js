"use strict";
document.addEventListener("click", function (event) {
  var button = event.target.closest("button[data-copy]");
  if (!button) return;
  var text = button.getAttribute("data-copy");
  var label = button.textContent;
  function said(word) {
    button.textContent = word;
    setTimeout(function () { button.textContent = label; }, 1500);
  }
  // A page opened from a file has no clipboard API in some browsers.
  function oldWay() {
    var area = document.createElement("textarea");
    area.value = text;
    document.body.appendChild(area);
    area.select();
    said(document.execCommand("copy") ? "Copied" : "Not copied");
    area.remove();
  }
  if (navigator.clipboard) {
    navigator.clipboard.writeText(text).then(function () { said("Copied"); }, oldWay);
  } else {
    oldWay();
  }
});

// A link to a finding, from the course or from outside, opens it.
function openFinding() {
  var card = location.hash && document.getElementById(location.hash.slice(1));
  var finding = card && card.querySelector("details.finding");
  if (finding) {
    finding.open = true;
    card.scrollIntoView();
  }
}
addEventListener("hashchange", openFinding);
openFinding();
// A column of a chart is read by pointing at it or with the arrow keys. Charts over the same time show the same moment.
(function () {
  function columns(drawn) {
    var svgs = Array.prototype.filter.call(drawn.querySelectorAll("svg"), function (svg) { return svg.clientWidth > 0; });
    return svgs.length ? svgs[0].querySelectorAll(".hit") : [];
  }
  function shared(drawn) {
    var key = drawn.parentNode.id;
    return key === "chart-failover" ? [drawn] : document.querySelectorAll(".chart:not(#chart-failover) .drawn");
  }
  function show(drawn, index) {
    document.querySelectorAll(".hit.is-at").forEach(function (hit) { hit.classList.remove("is-at"); });
    document.querySelectorAll(".readout").forEach(function (readout) { readout.textContent = ""; });
    shared(drawn).forEach(function (each) {
      var hit = columns(each)[index];
      if (hit) hit.classList.add("is-at");
    });
    var at = columns(drawn)[index];
    if (at) drawn.parentNode.querySelector(".readout").textContent = at.textContent;
    drawn.at = index;
  }
  document.querySelectorAll(".drawn").forEach(function (drawn) {
    drawn.addEventListener("keydown", function (event) {
      var last = columns(drawn).length - 1;
      var at = drawn.at === undefined ? -1 : drawn.at;
      var next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      show(drawn, Math.max(0, Math.min(last, next)));
    });
    drawn.addEventListener("pointerover", function (event) {
      if (event.target.classList.contains("hit")) {
        show(drawn, Array.prototype.indexOf.call(columns(drawn), event.target));
      }
    });
  });
})();
// What is printed has no reader who could open it.
addEventListener("beforeprint", function () {
  document.querySelectorAll("details.finding").forEach(function (finding) { finding.open = true; });
});
