import { ink } from './colours.ts';

interface TextLook {
  size: number;
  anchor?: 'start' | 'middle' | 'end';
  bold?: boolean;
  colour?: string;
}

/** A line of text in a drawing; what people typed is escaped. */
export function svgText(x: number, y: number, text: string, look: TextLook): string {
  const { size, anchor = 'start', bold = false, colour = ink } = look;
  return `<text x="${x}" y="${y}" font-family="Noto" font-size="${size}" text-anchor="${anchor}" fill="${colour}"${bold ? ' font-weight="bold"' : ''}>${escapeText(text)}</text>`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
