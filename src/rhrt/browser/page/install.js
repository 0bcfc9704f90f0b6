// Keeps the page for when there is no signal, where the browser can.

if ("serviceWorker" in navigator && isSecureContext) {
  navigator.serviceWorker.register("worker.js").catch(() => {}); // without it the page works, but not without a signal
}
