// What is wider than the screen can be scrolled with the keyboard, and says what it is.
const WIDE = ".md-typeset__scrollwrap, pre.diagram";

function reach(wide) {
  const headings = [...document.querySelectorAll("h1, h2, h3")];
  const above = headings.filter((each) => each.compareDocumentPosition(wide) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
  wide.tabIndex = 0;
  wide.setAttribute("role", "region");
  wide.setAttribute("aria-label", `${wide.tagName === "PRE" ? "Picture" : "Table"}: ${(above?.firstChild?.textContent ?? document.title).trim()}`);
}

// The theme wraps tables after the page has loaded.
const observer = new MutationObserver(() => document.querySelectorAll(`:is(${WIDE}):not([role])`).forEach(reach));
observer.observe(document.body, { childList: true, subtree: true });
document.querySelectorAll(WIDE).forEach(reach);

// The theme opens its menu and its search on narrow screens with labels, which a keyboard cannot reach.
for (const label of document.querySelectorAll("label.md-header__button[for=__drawer], label.md-header__button[for=__search]")) {
  label.tabIndex = 0;
  label.setAttribute("role", "button");
  label.addEventListener("keydown", (event) => {
    if (event.key === " ") { // the theme itself looks at Enter
      event.preventDefault();
      label.click();
    }
  });
}

// The search lives in a tree of its own: there too, small text has contrast, and the name of a result is all its words.
const SMALL = "menu, [role=status] { color: rgb(var(--color-foreground) / 0.8) !important; }";

function mend(root) {
  const style = document.createElement("style");
  style.textContent = SMALL;
  root.append(style);
  new MutationObserver(() => {
    root.querySelectorAll("[role=option][aria-labelledby]").forEach((each) => each.removeAttribute("aria-labelledby"));
  }).observe(root, { childList: true, subtree: true, attributeFilter: ["aria-labelledby"] });
}

new MutationObserver((_, own) => {
  const host = [...document.body.children].find((each) => each.shadowRoot);
  if (host) {
    own.disconnect();
    mend(host.shadowRoot);
  }
}).observe(document.body, { childList: true, attributes: true, subtree: true });
