// Helps, never needed: focus on the error summary, a live character count.
(function () {
  "use strict";
  var summary = document.getElementById("summary");
  if (summary) summary.focus();
  var ending = document.getElementById("ending");
  if (ending) setTimeout(function () {
    document.getElementById("ending-said").append(ending.content.cloneNode(true));
  }, Math.max(0, ending.dataset.seconds - 300) * 1000);
  document.querySelectorAll("[data-limit]").forEach(function (field) {
    var limit = Number(field.dataset.limit), shown = document.getElementById(field.id + "-count");
    if (!shown) return;
    var said = document.createElement("span"), timer;
    said.className = "vh";
    said.setAttribute("role", "status");
    shown.after(said);
    function count() {
      // Code points, a line break as one: as the service counts.
      var left = limit - Array.from(field.value.trim().replace(/\r\n?/g, "\n")).length;
      var text = (left < 0 ? shown.dataset.over : shown.dataset.left).replace("0", Math.abs(left));
      shown.textContent = text;
      shown.classList.toggle("err", left < 0);
      clearTimeout(timer);
      timer = setTimeout(function () { said.textContent = left < limit / 5 ? text : ""; }, 1000);
    }
    field.addEventListener("input", count);
    count();
  });
})();
