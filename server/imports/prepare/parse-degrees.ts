const DMS =
  /^([NSEW东西南北])?\s*(\d{1,3})\s*[°度:\s]\s*(\d{1,2})\s*['′分:\s]\s*(\d{1,2}(?:\.\d+)?)\s*(?:["″秒]|'')?\s*([NSEW东西南北])?$/i;

/**
 * A coordinate as a number: decimal, or degrees with minutes and seconds (103°46′27.5″E). undefined: there is none;
 * NaN: there is something else.
 */
export function parseDegrees(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const number = Number(text);
  if (number === number && (number !== 0 || text.trim() !== '')) return number;
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const parts = DMS.exec(trimmed);
  if (!parts) return NaN;
  const degrees = Number(parts[2]) + Number(parts[3]) / 60 + Number(parts[4]) / 3600;
  return /[SW西南]/i.test(`${parts[1] ?? ''}${parts[5] ?? ''}`) ? -degrees : degrees;
}
