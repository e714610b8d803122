// Nothing on the page needs this. It marks the levers that have been changed, so that they are easy to find again.
"use strict";
for (const lever of document.querySelectorAll(".lever")) {
  const controls = [...lever.querySelectorAll("input, select")];
  const state = () => controls.map((c) => (c.type === "checkbox" ? c.checked : c.value)).join("\n");
  const before = state();
  lever.addEventListener("input", () => lever.classList.toggle("changed", state() !== before));
}
