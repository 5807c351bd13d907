export interface TextPiece {
  text: string;
  matches: boolean;
}

/** Cuts a text where one of the words stands in it, whatever their case. The pieces joined are the text. */
export function splitMatches(text: string, typed: string): TextPiece[] {
  const words = [...new Set(typed.trim().toLowerCase().split(/\s+/).filter(Boolean))].sort(
    (a, b) => b.length - a.length,
  );
  const lower = text.toLowerCase();
  // Some letters change their length with their case: then nothing can be marked by place.
  if (words.length === 0 || lower.length !== text.length) return [{ text, matches: false }];
  const marked = new Array<boolean>(text.length).fill(false);
  for (const word of words) {
    for (let at = lower.indexOf(word); at !== -1; at = lower.indexOf(word, at + word.length)) {
      marked.fill(true, at, at + word.length);
    }
  }
  const pieces: TextPiece[] = [];
  for (let from = 0; from < text.length;) {
    const matches = marked[from] ?? false;
    let to = from + 1;
    while (to < text.length && (marked[to] ?? false) === matches) to += 1;
    pieces.push({ text: text.slice(from, to), matches });
    from = to;
  }
  return pieces;
}
