// After a form came back, the reading place moves to the summary of what to look at again.
document.querySelector("#summary")?.focus();
