/** Bytes 0x80–0x9f of Windows-1252, by the WHATWG Encoding Standard; five of them stand for themselves. */
const CP1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** What a reader shows that takes the text's UTF-8 bytes for Latin-1 or Windows-1252: `ü` becomes `Ã¼`. */
export function decodedAsLatin1(text: string, charset: 'latin1' | 'cp1252'): string {
  let shown = '';
  for (const byte of new TextEncoder().encode(text)) {
    const high = byte >= 0x80 && byte <= 0x9f && charset === 'cp1252';
    shown += high ? CP1252[byte - 0x80] : String.fromCharCode(byte);
  }
  return shown;
}
