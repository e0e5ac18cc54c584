import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '#main/cli/underplan.ts'
import type { SceneData } from '#shared/report/scene-data.ts'
import { cannotBrowse, launchBrowser } from '#tests/e2e/browser.ts'
import { randomNetwork } from '#tests/oracle/random-network.ts'

const dataIn = (html: string): SceneData => JSON.parse(/<script type="application\/json" id="scene-data">(.*?)<\/script>/s.exec(html)![1]!) as SceneData

/** A crowded network (seed 77) with a planned main through it, and one conflict two kilometres away from everything planned. */
async function writtenScene(folder: string): Promise<string> {
  const line = (id: string, coordinates: number[][], scenario = false) => ({ type: 'Feature', id, properties: { id, kind: 'water', diameterM: 0.3, laying: 'direct', ...(scenario && { scenario: true }) }, geometry: { type: 'LineString', coordinates } })
  const { features, ...rest } = randomNetwork({ seed: 77, assets: 14, missingShare: 0 }) as { features: { geometry: { coordinates: number[][] } }[] }
  const [x, y, z] = features[0]!.geometry.coordinates[0] as [number, number, number]
  const network = join(folder, '管网.geojson')
  writeFileSync(network, JSON.stringify({
    ...rest, features: [...features, line('planned </script>', [[x - 30, y + 1, z], [x + 30, y + 1, z]], true), line('far-1', [[x + 2000, y, z], [x + 2040, y, z]]), line('far-2', [[x + 2020, y - 20, z + 0.2], [x + 2020, y + 20, z + 0.2]])],
  }))
  const file = join(folder, 'scene.html')
  const said: string[] = []
  await runCli(['check', network, '--scene', file], { out: () => undefined, err: text => said.push(text), isTerminal: false, language: 'en', signal: new AbortController().signal })
  expect(said).toEqual([])
  return file
}

describe.skipIf(cannotBrowse)('the one-file scene, opened from disk with the network off', () => {
  let browser: Browser
  let folder: string
  let file: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'underplan-scene-'))
    file = await writtenScene(folder)
    browser = await launchBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function opened(): Promise<{ page: Page; troubles: string[] }> {
    const context = await browser.newContext({ viewport: { width: 1000, height: 640 } })
    await context.setOffline(true)
    const page = await context.newPage()
    const troubles: string[] = []
    page.on('pageerror', error => troubles.push(error.message))
    page.on('console', message => message.type() === 'error' && troubles.push(message.text()))
    page.on('request', request => !/^(file|blob|data):/.test(request.url()) && troubles.push(request.url()))
    await page.goto(pathToFileURL(file).href)
    await page.locator('aside .row').first().waitFor()
    return { page, troubles }
  }

  it('holds both sides of every finding, however far from what is planned, in one small file', () => {
    const html = readFileSync(file, 'utf8')
    expect(statSync(file).size).toBeLessThan(10_000_000)
    const { lines, findings } = dataIn(html)
    const ids = new Set(lines.map(({ id }) => id))
    expect(findings.length).toBeGreaterThan(3)
    for (const finding of findings) expect(finding.ids.filter(id => !ids.has(id))).toEqual([])
    expect(findings.some(({ ids: sides }) => sides.includes('far-1') && sides.includes('far-2'))).toBe(true)
    expect(lines.filter(line => line.isProposal).map(({ id }) => id)).toEqual(['planned </script>'])
  })

  it('steps through the findings: what the list says is what the card and the figure at the gap say', async () => {
    const { page, troubles } = await opened()
    const { findings } = dataIn(readFileSync(file, 'utf8'))
    for (const finding of findings.slice(0, 3)) {
      await page.keyboard.press('ArrowRight')
      expect(await page.locator('.card h2').textContent()).toBe(`${finding.number}  ${finding.title}`)
      await page.locator('.figure').waitFor()
      expect(await page.locator('.figure').textContent()).toBe(finding.gap)
      expect(await page.locator('.row[aria-current="true"]').count()).toBe(1)
      expect(await page.locator('.mark:visible').count()).toBe(0)
    }
    await page.getByRole('button', { name: 'Whole' }).click()
    expect(await page.locator('.card').isHidden()).toBe(true)
    await page.locator('.mark:visible').first().waitFor()
    expect(troubles).toEqual([])
    await page.context().close()
  }, 60_000)

  it('cuts along the planned line: chainage follows the slider, and the picture changes', async () => {
    const { page, troubles } = await opened()
    const before = await page.screenshot()
    await page.getByLabel('Section along the planned line').first().check()
    const chainage = page.locator('.section .soft')
    await expect.poll(() => chainage.textContent()).toBe('30.0 m')
    const middle = await page.screenshot()
    expect(middle.equals(before)).toBe(false)
    await page.locator('.section input[type=range]').fill('0.75')
    await expect.poll(() => chainage.textContent()).toBe('45.0 m')
    expect((await page.screenshot()).equals(middle)).toBe(false)
    await page.getByLabel('Section along the planned line').first().uncheck()
    expect(await chainage.textContent()).toBe('')
    expect(troubles).toEqual([])
    await page.context().close()
  }, 60_000)
})
