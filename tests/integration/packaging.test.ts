import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractAll, extractFile, listPackage } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const REPOSITORY = join(import.meta.dirname, '../..')
const CONFIGURATION = readFileSync(join(REPOSITORY, 'electron-builder.yml'), 'utf8')
const isBuilt = existsSync(join(REPOSITORY, 'dist/main/electron-main.mjs')) && existsSync(join(REPOSITORY, 'dist/renderer/index.html'))

/**
 * The app as electron-builder packs it, around a folder that stands in for Electron's distribution: its program cannot
 * be had everywhere, and what we ship is the archive. Fuses are flipped in the real program only.
 */
describe.skipIf(!isBuilt || process.platform !== 'linux')('the packaged app', () => {
  let folder: string
  let archive: string
  let files: string[]
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'underplan-package-'))
    const electron = join(folder, 'electron')
    mkdirSync(join(electron, 'locales'), { recursive: true })
    mkdirSync(join(electron, 'resources'))
    writeFileSync(join(electron, 'electron'), '#!/bin/sh\n')
    chmodSync(join(electron, 'electron'), 0o755)
    for (const locale of ['en-US', 'zh-CN', 'fr']) writeFileSync(join(electron, 'locales', `${locale}.pak`), '')
    for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) writeFileSync(join(electron, name), '')
    const configuration = join(folder, 'electron-builder.yml')
    const withoutFuses = CONFIGURATION.replace(/^electronFuses:\n(?: .*\n)+/m, '').replace('output: release', `output: ${join(folder, 'release')}`)
    writeFileSync(configuration, `${withoutFuses}electronDist: ${electron}\n`)
    const builder = join(REPOSITORY, 'node_modules/electron-builder/cli.js')
    const run = spawnSync(process.execPath, [builder, '--linux', 'dir', '--config', configuration, '--publish', 'never'], { cwd: REPOSITORY, encoding: 'utf8', timeout: 240_000 })
    if (run.status !== 0) throw new Error(`electron-builder ended with ${run.status}: ${run.stdout}\n${run.stderr}`)
    archive = join(folder, 'release/linux-unpacked/resources/app.asar')
    files = listPackage(archive, { isPack: false }).map(path => path.replaceAll('\\', '/'))
  }, 300_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('holds what runs: bundles, preload, page, assets, manifest', () => {
    for (const file of ['/package.json', '/dist/main/electron-main.mjs', '/dist/main/preload.cjs', '/dist/main/underplan.mjs', '/dist/main/workers/import-worker.mjs', '/dist/renderer/index.html', '/assets/locales/zh-CN/menu.json', '/assets/rules/gb50289-2016.json']) {
      expect(files).toContain(file)
    }
  })

  it('starts where its manifest says', () => {
    const manifest = JSON.parse(extractFile(archive, 'package.json').toString('utf8')) as { main: string; type: string; dependencies?: object; scripts?: object }
    expect(files).toContain(`/${manifest.main}`)
    expect(manifest.type).toBe('module')
  })

  it('holds no sources, tests, packages, maps or notes of the makers', () => {
    const foreign = files.filter(file => /\.(tsx?|map|test\.\w+)$|node_modules|^\/(tests|shared|main|renderer|\.ci|\.git)(\/|$)|SOURCES\.md|tsconfig|vite|eslint|knip|dependency-cruiser/.test(file))
    expect(foreign).toEqual([])
  })

  it('runs from what was packed alone: no package, no source beside it', () => {
    const app = join(folder, 'app')
    extractAll(archive, app)
    const drive = join(import.meta.dirname, 'electron-double/drive.ts')
    const run = spawnSync(process.execPath, [drive], { encoding: 'utf8', timeout: 120_000, maxBuffer: 1 << 26, env: { ...process.env, UNDERPLAN_DATA: join(folder, 'data'), DOUBLE_BUNDLES: join(app, 'dist/main') } })
    expect(run.stderr).toBe('')
    const { calls, faults, protocol } = JSON.parse(run.stdout) as { calls: Record<string, string>; faults: string[]; protocol: { page: { status: number } } }
    expect(protocol.page.status).toBe(200)
    expect(calls).toMatchObject({ 'project.openSample': 'value', 'rules.list': 'value', 'crs.search': 'value', 'import.inspect': 'file_gone' })
    expect(faults).toEqual([])
  }, 150_000)

  it('names what others made and under which licence', () => {
    expect(extractFile(archive, 'dist/main/licenses.md').toString('utf8')).toMatch(/^## zod .*\(MIT\)$/m)
    expect(extractFile(archive, 'dist/renderer/licenses.md').toString('utf8')).toContain('three')
  })

  it('leaves out the loopback host and the languages it does not speak', () => {
    expect(files).not.toContain('/dist/main/web-host.mjs')
    expect(readdirSync(join(folder, 'release/linux-unpacked/locales')).toSorted()).toEqual(['en-US.pak', 'zh-CN.pak'])
  })

  it('names no folder of the machine it was built on', () => {
    for (const file of ['dist/main/electron-main.mjs', 'dist/main/preload.cjs']) expect(extractFile(archive, file).toString('utf8').includes(REPOSITORY)).toBe(false)
  })

  it('is not larger than it has to be', () => {
    // Fonts, rule packs and bundles; a stray data set or a second copy of a library would show here.
    expect(readFileSync(archive).length).toBeLessThan(40e6)
  })
})

describe('the configuration of the installers', () => {
  it('makes an installer for each system, with its icon', () => {
    for (const target of ['target: nsis', 'target: dmg', 'target: [AppImage, deb]']) expect(CONFIGURATION).toContain(target)
    for (const [, icon] of CONFIGURATION.matchAll(/icon: (\S+)/g)) expect(existsSync(join(REPOSITORY, icon!)), icon).toBe(true)
  })

  it('turns off every way into the program but its own', () => {
    for (const fuse of ['runAsNode: false', 'enableCookieEncryption: true', 'enableNodeOptionsEnvironmentVariable: false', 'enableNodeCliInspectArguments: false', 'enableEmbeddedAsarIntegrityValidation: true', 'onlyLoadAppFromAsar: true']) {
      expect(CONFIGURATION).toContain(`  ${fuse}\n`)
    }
  })

  it('offers to open projects from the desktop', () => {
    expect(CONFIGURATION).toMatch(/ext: gpkg\n[\s\S]*role: Editor\n\s+rank: Alternate/)
  })
})
