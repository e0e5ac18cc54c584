import { CallFailure } from '#shared/contract/call-failure.ts'
import type { CallOutput } from '#shared/contract/contract.ts'
import { isLockedStage, type SchemeRecord } from '#shared/register/scheme-stage.ts'
import type { ScenarioCommand } from '#shared/scenario/command-schema.ts'
import { branchOf, emptyScenario, type ScenarioDocument } from '#shared/scenario/document.ts'
import type { Database } from './database.ts'
import { noteChange } from './journal.ts'
import * as register from './register-store.ts'
import type { ScenarioStore } from './scenario-store.ts'
import type { TwinStore } from './twin-store.ts'
import type { WriteQueue } from './write-queue.ts'

const now = () => new Date().toISOString()

/** The schemes of an open project as they are made, edited and undone: each a queued, durable step. */
export class SchemeEdits {
  readonly #db: Database
  readonly #twin: TwinStore
  readonly #scenarios: ScenarioStore
  readonly #writes: WriteQueue

  constructor(db: Database, twin: TwinStore, scenarios: ScenarioStore, writes: WriteQueue) {
    this.#db = db
    this.#twin = twin
    this.#scenarios = scenarios
    this.#writes = writes
  }

  /** @throws CallFailure `name_taken`, `not_found`. */
  async create(name: string, copyFrom: string | null = null): Promise<CallOutput<'scenario.get'>> {
    const id = await this.#writes.run(() => {
      const id = this.#takeId()
      this.#scenarios.create(copyFrom === null ? emptyScenario(id, name) : branchOf(this.#scenarios.held(copyFrom), id, name), now())
      noteChange(this.#db, 'scenario.create', id, now())
      return id
    })
    return this.#scenarios.state(id)
  }

  /** @throws CallFailure `not_found`. */
  async remove(id: string): Promise<void> {
    await this.#writes.run(() => {
      this.#scenarios.remove(id, now())
      noteChange(this.#db, 'scenario.remove', id, now())
    })
  }

  /** @throws CallFailure `not_found`, `revision_mismatch`, `rejected` (details: `reason`, and what its text names). */
  execute(id: string, baseRevision: number, command: ScenarioCommand): Promise<CallOutput<'scenario.execute'>> {
    return this.#writes.run(() => {
      this.#refuseLocked(id)
      return this.#scenarios.execute(id, baseRevision, command, now())
    })
  }

  /** @throws CallFailure `not_found`, `nothing_to_undo`. */
  undo(id: string): Promise<CallOutput<'scenario.undo'>> {
    return this.#writes.run(() => {
      this.#refuseLocked(id)
      return this.#scenarios.undo(id, now())
    })
  }

  /** @throws CallFailure `not_found`, `nothing_to_redo`. */
  redo(id: string): Promise<CallOutput<'scenario.redo'>> {
    return this.#writes.run(() => {
      this.#refuseLocked(id)
      return this.#scenarios.redo(id, now())
    })
  }

  /** Makes a scheme of what an import proposes, inside the caller's transaction. @returns its id. */
  takeIn(proposals: ScenarioDocument['proposals'], at: string): string {
    const id = this.#takeId()
    this.#scenarios.create({ ...emptyScenario(id, this.#freeName('imported')), proposals }, at)
    return id
  }

  /** True for a scheme that was signed as built. */
  isBuilt(id: string): boolean {
    return this.#stageOf(id) === 'as_built'
  }

  #stageOf(id: string): SchemeRecord['stage'] {
    const record = register.listRecords(this.#db, ['schemeStages']).find(candidate => candidate.id === id)
    return (record?.body as SchemeRecord | undefined)?.stage ?? 'draft'
  }

  /** A scheme that was handed in is not changed under the reviewer's hands. @throws CallFailure `rejected`. */
  #refuseLocked(id: string): void {
    if (isLockedStage(this.#stageOf(id))) throw new CallFailure<'scenario.execute'>('rejected', { reason: 'stage_locked' })
  }

  #takeId(): string {
    let { nextScenario } = this.#twin.settings
    while (this.#scenarios.wasUsed(`scenario-${nextScenario}`)) nextScenario++
    this.#twin.change({ nextScenario: nextScenario + 1 })
    return `scenario-${nextScenario}`
  }

  #freeName(name: string): string {
    for (let n = 1; ; n++) {
      const candidate = n === 1 ? name : `${name} ${n}`
      if (this.#scenarios.idOf(candidate) === null) return candidate
    }
  }
}
