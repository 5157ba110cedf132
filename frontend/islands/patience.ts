// How long an answer is waited for; AbortSignal.timeout is younger than the browsers we serve.

/** Ends what it is given to after so many milliseconds. */
export function patience(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), milliseconds);
  return controller.signal;
}
