import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { ProjectFile } from '#main/services/project-file.ts'
import { seededRandom, type Random } from '#shared/core/random.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { executeCommand } from '#shared/scenario/execute-command.ts'
import { EMPTY_HISTORY, historyEntry, recordEntry, redoStep, undoStep, type History } from '#shared/scenario/history.ts'
import { aSmallTwin, aProposal } from '#tests/builders/project-fixtures.ts'
import { IDS } from '#tests/builders/twin-builder.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

const KILLS = 50
const LINES_PER_RUN = 300
const ENTRY = join(import.meta.dirname, '../../main/cli/underplan.ts')

/** What the scenario must be after each edit, by the pure functions alone. */
interface Model {
  readonly document: ScenarioDocument
  readonly history: History
}

/** A pit beside the last one, or a baseline asset taken out and put back. */
function excavationLine(random: Random, { document }: Model, n: number) {
  const scenario = 'S'
  if (random.chance(0.3)) {
    const id = IDS.W1
    return Object.hasOwn(document.removals, id)
      ? { command: { op: 'removal.remove' as const, id }, line: { op: 'removeRemoval', scenario, id } }
      : { command: { op: 'removal.add' as const, id, reason: `${n}` }, line: { op: 'addRemoval', scenario, id, reason: `${n}` } }
  }
  const shape = { type: 'pit' as const, outline: [[430_000 + n, 4_581_000], [430_010 + n, 4_581_000], [430_010 + n, 4_581_008]] as const }
  const excavation = { id: `e${n}`, name: '', shape, bottom: { depthM: 3 }, slopeRatio: 0.5 }
  return { command: { op: 'excavation.add' as const, excavation }, line: { op: 'addExcavation', scenario, ...excavation } }
}

/** One more line of the script, with the state it leads to. Every line is one durable command. */
function nextLine(random: Random, model: Model, n: number): { line: object; model: Model } {
  const ids = Object.keys(model.document.proposals)
  const scenario = 'S'
  const step = random.chance(0.15) ? undoStep(model.document, model.history) : random.chance(0.15) ? redoStep(model.document, model.history) : null
  if (step) return { line: { op: step.history.undone.length > model.history.undone.length ? 'undo' : 'redo', scenario }, model: step }
  const id = ids.length > 0 ? random.pick(ids) : ''
  const to: [number, number, number] = [430_100 + n, 4_581_000 + random.int(1000), 30]
  const { command, line } =
    ids.length < 3 || random.chance(0.3)
      ? { command: { op: 'proposal.add' as const, proposal: aProposal(`p${n}`) }, line: { op: 'addProposal', scenario, id: `p${n}`, kind: 'gas', diameterM: 0.3, coordinates: aProposal('').axis } }
      : random.chance(0.3)
        ? excavationLine(random, model, n)
      : random.chance(0.2)
        ? { command: { op: 'proposal.remove' as const, id }, line: { op: 'removeProposal', scenario, id } }
        : { command: { op: 'proposal.moveVertex' as const, id, index: 1, to }, line: { op: 'moveVertex', scenario, id, index: 1, to } }
  const result = executeCommand(model.document, command)
  if (!result.ok) return nextLine(random, model, n)
  return { line, model: { document: result.value.document, history: recordEntry(model.history, historyEntry(n, command, result.value)) } }
}

/** Runs the script and kills it after some acknowledgements and a moment more. @returns the lines acknowledged. */
async function runAndKill(project: string, script: string, afterAcks: number, delayMs: number): Promise<number> {
  const child = spawn(process.execPath, [ENTRY, 'script', project, script], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  const reached = new Promise<void>(resolve => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.split('\n').length > afterAcks) resolve()
    })
  })
  const closed = once(child, 'close')
  if (afterAcks > 0) await Promise.race([reached, closed])
  if (delayMs > 0) await wait(delayMs)
  child.kill('SIGKILL')
  await closed
  const whole = text.split('\n').slice(0, -1)
  expect(whole).toEqual(whole.map((_, i) => `ack ${i + 1}`))
  return whole.length
}

it(`${KILLS} kills at random moments of edits lose nothing acknowledged and leave a file that opens (seed 1)`, { timeout: 900_000 }, async () => {
  const random = seededRandom(1)
  const folder = temporaryFolder()
  const path = join(folder, 'city.gpkg')
  const start: ScenarioDocument = { id: 's', name: 'S', description: '', proposals: {}, excavations: {}, removals: {} }
  await (await ProjectFile.create(path, { records: aSmallTwin(), scenarios: [start] })).close()
  let model: Model = { document: start, history: EMPTY_HISTORY }
  let revision = 0
  let acknowledgedInAll = 0
  let midway = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const models = [model]
    const lines: object[] = []
    for (let i = 0; i < LINES_PER_RUN; i++) {
      const next = nextLine(random, models.at(-1)!, revision + i)
      lines.push(next.line)
      models.push(next.model)
    }
    const script = join(folder, 'edits.jsonl')
    writeFileSync(script, lines.map(line => JSON.stringify(line)).join('\n'))
    // One in five is killed while it starts: taking the lock, recovering, beginning the log.
    const isEarly = random.chance(0.2)
    const acknowledged = await runAndKill(path, script, isEarly ? 0 : 1 + random.int(LINES_PER_RUN / 2), isEarly ? random.range(0, 400) : random.range(0, 4))
    acknowledgedInAll += acknowledged
    if (acknowledged > 0 && acknowledged < LINES_PER_RUN) midway++

    // Every other time the log is left for the next run to recover.
    const { project, recovery } = await ProjectFile.open(path, { readOnly: kill % 2 === 0 })
    expect(project.info()).toMatchObject({ readOnly: null, assetCount: 3 })
    const state = project.scenarioState('s')
    const durable = state.revision - revision
    // The edit that was being written may have become durable just before its acknowledgement.
    expect([acknowledged, acknowledged + 1]).toContain(durable)
    expect(state.document).toEqual(models[durable]!.document)
    if (recovery) expect(recovery).toMatchObject({ uncleanEnd: true, editsSinceSave: state.revision })
    else if (kill % 2 === 1) expect(acknowledged).toBe(0)
    await project.close()
    const db = new DatabaseSync(path, { readOnly: true })
    expect(db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
    db.close()
    model = models[durable]!
    revision = state.revision
  }
  expect(midway).toBeGreaterThan(KILLS / 2)
  expect(acknowledgedInAll).toBeGreaterThan(KILLS * 20)
})
