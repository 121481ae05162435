import { mkdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../docs/images/', import.meta.url));
const LARGEST = 150 * 1_024;

/** Takes a picture of a page for the documents; one that is too large for them is an error. */
export async function picture(page, name) {
  const path = `${FOLDER}${name}.png`;
  await mkdir(FOLDER, { recursive: true });
  await page.mouse.move(0, 0);
  await page.screenshot({ path });
  const { size } = await stat(path);
  console.log(`${name}.png: ${Math.round(size / 1_024)} KB`);
  if (size > LARGEST) {
    throw new Error(`${name}.png is too large: ${size} bytes`);
  }
}
