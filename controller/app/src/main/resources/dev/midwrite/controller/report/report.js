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
// What is printed has no reader who could open it.
addEventListener("beforeprint", function () {
  document.querySelectorAll("details.finding").forEach(function (finding) { finding.open = true; });
});
