import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { SavedView } from '#shared/register/saved-view.ts'
import type { ReportData } from '#shared/report/report-data.ts'
import { sceneData } from '#shared/report/scene-data.ts'
import { escapeMarkup } from '#shared/report/drawing.ts'
import { assetsFolder } from '../host/assets-folder.ts'

/** Nothing this large is a "typical scheme": mail refuses it. */
const MOST_BYTES = 10_000_000

/** The scene would be too large for one file. */
export class SceneTooLarge extends Error {
  override readonly name = 'SceneTooLarge'
  readonly megabytes: number
  constructor(megabytes: number) {
    super(`${megabytes} MB`)
    this.megabytes = megabytes
  }
}

/**
 * The scheme with its surroundings, findings and saved views as one HTML file that opens anywhere, offline: the viewer, the
 * data and the style are in it, and its own policy forbids everything else.
 * @throws SceneTooLarge
 */
export async function sceneFile(data: ReportData, views: readonly SavedView[]): Promise<string> {
  const content = sceneData(data, views)
  // `<` is the one character that could end the element the data is in.
  const json = JSON.stringify(content).replaceAll('<', '\\u003c')
  const script = (await viewerScript()).replaceAll('</script', '<\\/script')
  const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
  const page = `<!doctype html>\n<html lang="${content.language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="generator" content="Underplan"><title>${escapeMarkup(content.title)}</title><style>${STYLE}</style></head><body><canvas></canvas><aside></aside><script type="application/json" id="scene-data">${json}</script><script type="module">${script}</script></body></html>\n`
  const bytes = Buffer.byteLength(page)
  if (bytes > MOST_BYTES) throw new SceneTooLarge(Math.ceil(bytes / 1e6))
  return page
}

let script: Promise<string> | null = null

/** The viewer as built (main/launch/build.mjs); straight from its sources where the repository was not built. */
function viewerScript(): Promise<string> {
  script ??= (async () => {
    const root = dirname(assetsFolder())
    const built = join(root, 'dist', 'main', 'scene-viewer.js')
    if (existsSync(built)) return readFileSync(built, 'utf8')
    const { build } = await import('esbuild')
    const { outputFiles } = await build({ absWorkingDir: root, entryPoints: ['renderer/scene-file/viewer.ts'], bundle: true, minify: true, format: 'esm', target: 'es2022', write: false, legalComments: 'none', logLevel: 'silent' })
    return outputFiles[0]!.text
  })()
  return script
}

const STYLE = `
* { box-sizing: border-box; }
html, body { margin: 0; height: 100%; overflow: hidden; font: 13px/1.45 system-ui, "Segoe UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif; color: #16202c; }
canvas { position: fixed; inset: 0; width: 100%; height: 100%; display: block; touch-action: none; }
aside { position: fixed; left: 12px; top: 12px; bottom: 12px; width: 280px; overflow: auto; padding: 14px; border-radius: 8px; background: #fffffff2; box-shadow: 0 2px 16px #0003; }
h1 { font-size: 16px; margin: 0 0 2px; } h2 { font-size: 15px; margin: 0 0 6px; } h3 { font-size: 12px; margin: 14px 0 4px; color: #5b6876; }
p { margin: 0 0 6px; } .soft { color: #5b6876; font-size: 12px; } .note { font-size: 12px; background: #fff6dd; padding: 4px 8px; border-radius: 4px; }
button { font: inherit; padding: 4px 10px; border: 1px solid #cfd6de; border-radius: 4px; background: #fff; cursor: pointer; } button:hover { background: #eef3f8; }
button:focus-visible, input:focus-visible { outline: 2px solid #0b62a8; outline-offset: 1px; }
.bar { display: flex; gap: 6px; margin: 10px 0; } .bar button { flex: 1; }
.row { display: flex; gap: 7px; width: 100%; text-align: left; border-color: transparent; padding: 4px 8px; line-height: 1.35; } .row .number { min-width: 1.6em; text-align: right; color: #5b6876; font-variant-numeric: tabular-nums; } .row .severity { margin-top: 3px; }
.severity { flex: none; display: inline-block; width: 11px; height: 11px; margin-right: 2px; background: #b26a00; clip-path: polygon(50% 4%, 100% 96%, 0 96%); } .severity--mandatory { background: #c8102e; clip-path: polygon(30% 0, 70% 0, 100% 30%, 100% 70%, 70% 100%, 30% 100%, 0 70%, 0 30%); }
.section { display: grid; grid-template-columns: 1fr auto; gap: 4px 8px; padding: 8px 0; border-block: 1px solid #e3e8ed; } .section label { display: flex; gap: 6px; align-items: center; } .section input[type="range"] { grid-column: 1 / -1; width: 100%; } .section .soft { font-variant-numeric: tabular-nums; }
.over { position: fixed; inset: 0; overflow: hidden; pointer-events: none; }
.mark { position: absolute; left: -8px; top: -8px; width: 16px; height: 16px; padding: 0; border: 0; border-radius: 0; background: #b26a00; clip-path: polygon(50% 4%, 100% 96%, 0 96%); pointer-events: auto; } .mark:hover { background: #7d4a00; } .mark--mandatory { background: #c8102e; clip-path: polygon(30% 0, 70% 0, 100% 30%, 100% 70%, 70% 100%, 30% 100%, 0 70%, 0 30%); } .mark--mandatory:hover { background: #8f0b20; }
.figure { position: absolute; left: 0; top: 0; padding: 3px 8px; border-radius: 4px; border-left: 3px solid #c8102e; background: #fffffff2; font-weight: 600; font-variant-numeric: tabular-nums; box-shadow: 0 1px 6px #0003; white-space: nowrap; } [hidden] { display: none !important; } .row[aria-current="true"] { background: #dcebf8; border-color: #0b62a8; }
.layer { display: flex; align-items: center; gap: 6px; padding: 2px 0; } .swatch { width: 14px; height: 6px; border-radius: 2px; }
.card { position: fixed; left: 308px; bottom: 44px; width: min(560px, calc(100% - 330px)); padding: 14px 16px; border-radius: 8px; background: #fffffff5; box-shadow: 0 2px 16px #0003; }
.told { position: fixed; right: 12px; top: 12px; max-width: 420px; margin: 0; padding: 6px 12px; border-radius: 6px; background: #fffffff2; box-shadow: 0 2px 10px #0003; font-weight: 600; }
.hint { position: fixed; left: 308px; bottom: 10px; font-size: 12px; color: #5b6876; } .failed { position: fixed; inset: 40% 20%; text-align: center; font-size: 16px; }
`
