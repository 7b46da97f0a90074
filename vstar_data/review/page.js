// Plays the clip within its window, and turns keys into clicks. The page's own elements come and go; this stays.
(() => {
  const CLICKS = {
    a: "review-accept", r: "review-reject", s: "review-skip", ArrowRight: "review-next", ArrowLeft: "review-previous",
  };
  const EDITED = "input, textarea, select, video, [contenteditable], [role=listbox], [role=combobox]";

  const clip = () => document.querySelector("#review-answer video");

  const keepInWindow = (video) => {
    const start = Number(video.dataset.start) || 0;
    const end = video.dataset.end === undefined ? video.duration : Number(video.dataset.end);
    if (video.seeking || !Number.isFinite(video.duration)) return;
    const stop = Math.min(end, video.duration);
    if (video.currentTime < start - 0.05 || video.currentTime > stop || (video.currentTime >= stop - 0.02 && !video.paused)) {
      video.currentTime = start;
    }
    const clock = video.closest(".clip").querySelector(".clock");
    const told = (seconds) => Math.max(0, seconds).toFixed(1);
    clock.textContent = `${told(video.currentTime - start)} of ${told(stop - start)} s`;
  };

  // The address keeps the filters, for when the page is opened again.
  let kept;
  const keepFilters = (progress) => {
    const address = progress.dataset.address;
    if (address === kept) return;
    kept = address;
    history.replaceState(history.state, "", address ? `#${address}` : location.pathname + location.search);
  };
  addEventListener("hashchange", () => location.reload());

  const watch = () => {
    const progress = document.getElementById("review-progress");
    if (progress !== null) keepFilters(progress);
    const video = clip();
    if (video !== null) keepInWindow(video);
    requestAnimationFrame(watch);
  };
  requestAnimationFrame(watch);

  const play = (video) => {
    video.muted = true;
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) video.play().catch(() => {});
  };
  document.addEventListener("loadedmetadata", (event) => {
    if (event.target !== clip()) return;
    event.target.currentTime = Number(event.target.dataset.start) || 0;
    play(event.target);
  }, true);
  document.addEventListener("ended", (event) => {
    if (event.target === clip()) event.target.play().catch(() => {});
  }, true);
  document.addEventListener("error", (event) => {
    if (event.target !== clip()) return;
    event.target.hidden = true;
    event.target.closest(".clip").querySelector(".failed").hidden = false;
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === "Escape" && event.target.matches("textarea, input")) { event.target.blur(); return; }
    if (event.repeat || event.target.closest(EDITED)) return;
    if (event.key === "p" && clip() !== null) {
      clip().paused ? clip().play().catch(() => {}) : clip().pause();
      return;
    }
    const button = document.getElementById(CLICKS[event.key]);
    if (button !== null) { event.preventDefault(); button.click(); }
  });
})();
