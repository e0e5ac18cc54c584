/**
 * Builds dist/: `--main` (host bundles, workers, preload, command line), `--renderer` (the interface); without either, both.
 * `--stale` builds only what is older than its sources.
 */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { launchText, nodeRuntime, ROOT } from './node-runtime.mjs'

const PARTS = {
  main: { sources: ['shared', 'main', 'renderer/scene-file', 'package-lock.json'], result: 'dist/main/web-host.mjs', build: buildMain },
  renderer: { sources: ['shared', 'renderer', 'assets', 'package-lock.json', 'vite.config.ts'], result: 'dist/renderer/index.html', build: buildRenderer },
}

/** @param {{ parts?: ('main' | 'renderer')[], onlyStale?: boolean }} options */
export async function build({ parts = ['main', 'renderer'], onlyStale = false } = {}) {
  for (const part of parts) {
    if (onlyStale && isFresh(part)) continue
    console.log(launchText('building', { part }))
    const stamp = fingerprint(PARTS[part].sources)
    rmSync(stampFile(part), { force: true })
    await PARTS[part].build()
    writeFileSync(stampFile(part), stamp)
  }
}

/** Whether a part is built from the sources as they are. */
export function isFresh(part) {
  const { sources, result } = PARTS[part]
  return existsSync(join(ROOT, result)) && existsSync(stampFile(part)) && readFileSync(stampFile(part), 'utf8') === fingerprint(sources)
}

const stampFile = part => join(ROOT, 'dist', `.${part}-built-from`)

async function buildMain() {
  const esbuild = await import('esbuild')
  rmSync(join(ROOT, 'dist/main'), { recursive: true, force: true })
  const workers = readdirSync(join(ROOT, 'main/workers')).filter(name => name.endsWith('-worker.ts'))
  const node = {
    absWorkingDir: ROOT, bundle: true, platform: 'node', target: 'node24', format: 'esm', outExtension: { '.js': '.mjs' },
    // Packages in CommonJS ask for Node's own modules with require, which an ES module has not.
    banner: { js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);" },
    external: ['electron', 'esbuild', 'bufferutil', 'utf-8-validate'], legalComments: 'none', metafile: true, logLevel: 'warning',
  }
  const builds = await Promise.all([
    esbuild.build({ ...node, entryPoints: { 'electron-main': 'main/electron/main.ts', 'web-host': 'main/web/serve.ts', underplan: 'main/cli/underplan.ts' }, outdir: 'dist/main' }),
    esbuild.build({ ...node, entryPoints: workers.map(name => `main/workers/${name}`), outdir: 'dist/main/workers' }),
    // A sandboxed preload script is CommonJS and has only electron to require.
    esbuild.build({ ...node, entryPoints: { preload: 'main/electron/preload.ts' }, outdir: 'dist/main', format: 'cjs', outExtension: { '.js': '.cjs' }, banner: {} }),
  ])
  // The viewer that one-file scenes carry, and the fonts that reports embed.
  builds.push(await esbuild.build({ absWorkingDir: ROOT, entryPoints: { 'scene-viewer': 'renderer/scene-file/viewer.ts' }, outdir: 'dist/main', bundle: true, minify: true, format: 'esm', target: 'es2022', legalComments: 'none', metafile: true, logLevel: 'warning' }))
  copyReportFonts()
  writeFileSync(join(ROOT, 'dist/main/licenses.md'), licencesOf(builds.flatMap(result => Object.keys(result.metafile.inputs))))
}

/** Inter's Latin part and the parts of Noto Sans SC in one weight, in the folders of their packages. */
function copyReportFonts() {
  const files = ['@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', '@fontsource-variable/inter/LICENSE', '@fontsource/noto-sans-sc/400.css', '@fontsource/noto-sans-sc/LICENSE']
  const css = readFileSync(join(ROOT, 'node_modules/@fontsource/noto-sans-sc/400.css'), 'utf8')
  for (const [, file] of css.matchAll(/url\(\.\/(files\/[^)]+\.woff2)\)/g)) files.push(`@fontsource/noto-sans-sc/${file}`)
  for (const file of new Set(files)) cpSync(join(ROOT, 'node_modules', file), join(ROOT, 'dist/main/report-fonts', file))
}

/** Names, versions and licence texts of the packages that files of a bundle come from: they ask to be named wherever they go. */
function licencesOf(inputs) {
  const folders = new Set(inputs.map(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean))
  const entries = [...folders].sort().map(folder => {
    const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'))
    const text = readdirSync(join(ROOT, folder)).find(file => /^licen[cs]e/i.test(file))
    return `## ${name} ${version} (${license})\n\n${text ? readFileSync(join(ROOT, folder, text), 'utf8').trim() : ''}\n`
  })
  return `# Packages in these bundles\n\n${entries.join('\n')}`
}

async function buildRenderer() {
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const run = spawnSync(nodeRuntime(), [vite, 'build', '--config', join(ROOT, 'vite.config.ts'), '--logLevel', 'error'], { cwd: ROOT, stdio: 'inherit' })
  if (run.status !== 0) throw new Error('vite build failed')
}

/** Hash over names, sizes and times of the sources: also notices what was removed. */
function fingerprint(sources) {
  const hash = createHash('sha256')
  const visit = path => {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats?.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name))
    else if (stats) hash.update(`${path}\n${stats.size}\n${stats.mtimeMs}\n`)
  }
  for (const source of sources) visit(join(ROOT, source))
  return hash.digest('hex')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const chosen = ['main', 'renderer'].filter(part => process.argv.includes(`--${part}`))
  await build({ ...(chosen.length > 0 ? { parts: chosen } : {}), onlyStale: process.argv.includes('--stale') })
}
