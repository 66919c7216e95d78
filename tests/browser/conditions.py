"""What the browser tests wait for, in place of a time."""

# What is seen is known to the page's observers after a frame, and done by the next.
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

# The scripts of a page have made what they make when it opens: figures alive, exercise cells answered for, fonts there.
AWAKE = """async () => {
  await document.fonts.ready;
  return [...document.querySelectorAll('.w2v-explorer')].every(figure => figure.dataset.live !== undefined)
    && [...document.querySelectorAll('.w2v-exercise-note')].every(note => note.hidden || note.textContent.includes('cannot be run here'))
    && document.querySelector('#w2v-loads')?.textContent !== ''
    && document.getAnimations().every(animation => animation.playState !== 'running');
}"""
