// Comforts only: every page works without this file.
"use strict";

// Purge User Records: the user group appears once a record type is chosen.
const recordType = document.getElementById("recordType");
const groupField = document.getElementById("group-field");
if (recordType && groupField) {
    // Taken out, not hidden: Enter in a field presses the first button of a form even where nobody sees it.
    document.getElementById("choose")?.remove();
    const show = () => {
        groupField.hidden = recordType.value === "";
        if (groupField.hidden) {
            document.getElementById("userGroup").value = "";
        }
    };
    recordType.addEventListener("change", show);
    window.addEventListener("pageshow", show);
}

// Jobs: looks again each second until nothing runs any more.
async function refresh() {
    const live = document.getElementById("live");
    if (!live || live.dataset.live !== "on") {
        return;
    }
    try {
        const answer = await fetch(location.href, { cache: "no-store" });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById("live");
        const focused = live.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
        if (fresh && fresh.outerHTML !== live.outerHTML) {
            live.replaceWith(fresh);
            if (focused) {
                fresh.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
            }
        }
        const said = document.getElementById("announce");
        const saying = page.getElementById("announce");
        if (said && saying && said.textContent !== saying.textContent) {
            said.textContent = saying.textContent;
        }
    } catch {
        // The host is gone or busy; the next look tells.
    }
    setTimeout(refresh, 1000);
}
setTimeout(refresh, 1000);
