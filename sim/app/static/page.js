// Nothing on the page needs this. It marks the levers that have been changed, so that they are easy to find again, and puts a
// slider beside each number that lies in a span: whoever lets go of it sees the answer.
"use strict";
for (const lever of document.querySelectorAll(".lever")) {
  const controls = [...lever.querySelectorAll("input, select")];
  const state = () => controls.map((c) => (c.type === "checkbox" ? c.checked : c.value)).join("\n");
  const before = state();
  lever.addEventListener("input", () => lever.classList.toggle("changed", state() !== before));
}
for (const field of document.querySelectorAll("input[data-low]")) {
  const [low, high] = [Number(field.dataset.low), Number(field.dataset.high)];
  const slider = document.createElement("input");
  const read = () => { slider.value = field.value.replace(",", "."); };
  Object.assign(slider, { type: "range", min: low, max: high, step: "any" });
  slider.setAttribute("aria-label", field.labels[0].textContent);
  read();
  slider.addEventListener("input", () => {
    const shown = Number(slider.value).toLocaleString(document.documentElement.lang, { maximumSignificantDigits: 2, useGrouping: false });
    field.value = shown.replace("−", "-");
  });
  slider.addEventListener("change", () => field.form.requestSubmit());
  field.addEventListener("input", read);
  field.before(slider);
}
