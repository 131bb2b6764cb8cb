/* Ask once more before a form goes; without scripts the server's own page asks. */
let dialog;

function build() {
  dialog = document.createElement("dialog");
  dialog.className = "q-dialog";
  dialog.setAttribute("aria-labelledby", "confirm-words");
  const words = Object.assign(document.createElement("h2"), { id: "confirm-words" });
  const form = Object.assign(document.createElement("form"), { method: "dialog" });
  form.className = "q-acts q-dialog-acts";
  const yes = Object.assign(document.createElement("button"), { value: "yes" });
  const no = Object.assign(document.createElement("button"), { value: "no", textContent: "Not now" });
  yes.className = "btn btn-primary";
  no.className = "btn btn-secondary";
  form.append(yes, no);
  dialog.append(words, form);
  document.body.append(dialog);
}

function ask(question, answer) {
  if (!dialog) build();
  dialog.querySelector("h2").textContent = question;
  dialog.querySelector('[value="yes"]').textContent = answer;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

export function confirmFirst(form) {
  let agreed = false;
  form.addEventListener(
    "submit",
    async (event) => {
      if (agreed) {
        agreed = false;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      const button = event.submitter;
      const words = button?.textContent.trim() || "Yes";
      if (await ask(form.dataset.confirm || "Go on?", words)) {
        agreed = true;
        form.requestSubmit(button);
      }
    },
    { capture: true },
  );
}
