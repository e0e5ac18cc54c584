/** Renders assets/icons/icon.svg into the forms each system wants. Run it after changing the drawing; the results are committed. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findBrowser } from '../services/host/find-browser.ts'
import { ROOT } from './node-runtime.mjs'

const FOLDER = join(ROOT, 'assets/icons')
const LINUX_SIZES = [16, 32, 48, 64, 128, 256, 512]
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 128, 256]
/** Apple's types of PNG entries, by pixels. */
const MAC_TYPES = [['ic11', 32], ['ic12', 64], ['ic07', 128], ['ic13', 256], ['ic08', 256], ['ic14', 512], ['ic09', 512], ['ic10', 1024]]

const drawing = readFileSync(join(FOLDER, 'icon.svg'), 'utf8')
const browser = await chromium.launch({ executablePath: findBrowser(), chromiumSandbox: process.getuid?.() !== 0 })
const pngs = new Map()
for (const size of new Set([...LINUX_SIZES, ...WINDOWS_SIZES, ...MAC_TYPES.map(([, pixels]) => pixels)])) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`)
  pngs.set(size, await page.screenshot({ omitBackground: true }))
  await page.close()
}
await browser.close()

mkdirSync(join(FOLDER, 'linux'), { recursive: true })
for (const size of LINUX_SIZES) writeFileSync(join(FOLDER, 'linux', `${size}x${size}.png`), pngs.get(size))
writeFileSync(join(FOLDER, 'icon.ico'), windowsIcon())
writeFileSync(join(FOLDER, 'icon.icns'), macIcon())

/** ICO: directory of 16-byte entries, then the PNGs; 256 is written as 0. */
function windowsIcon() {
  const head = Buffer.alloc(6 + 16 * WINDOWS_SIZES.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(WINDOWS_SIZES.length, 4)
  let at = head.length
  WINDOWS_SIZES.forEach((size, i) => {
    const entry = 6 + 16 * i
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(pngs.get(size).length, entry + 8)
    head.writeUInt32LE(at, entry + 12)
    at += pngs.get(size).length
  })
  return Buffer.concat([head, ...WINDOWS_SIZES.map(size => pngs.get(size))])
}

/** ICNS: `icns` and the length of all, then type, length and PNG of each. */
function macIcon() {
  const chunk = (type, body) => {
    const head = Buffer.alloc(8)
    head.write(type, 'ascii')
    head.writeUInt32BE(8 + body.length, 4)
    return Buffer.concat([head, body])
  }
  return chunk('icns', Buffer.concat(MAC_TYPES.map(([type, size]) => chunk(type, pngs.get(size)))))
}
