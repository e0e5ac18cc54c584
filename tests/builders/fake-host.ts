import { CallFailure } from '#shared/contract/call-failure.ts'
import type { Client, ConnectionState } from '#shared/contract/client.ts'
import type { CallName, EventName, EventPayload } from '#shared/contract/contract.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { rulePackSchema, type RulePack } from '#shared/rules/rule-pack.ts'
import { branchOf, emptyScenario, type ScenarioDocument } from '#shared/scenario/document.ts'
import { executeCommand } from '#shared/scenario/execute-command.ts'
import { EMPTY_HISTORY, historyEntry, recordEntry, redoLabel, redoStep, undoLabel, undoStep, type History } from '#shared/scenario/history.ts'
import type { RecordChange } from '#shared/register/collections.ts'
import type { ScenarioCommand } from '#shared/scenario/command-schema.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { roleValue, type AttributeRole } from '#shared/twin/attribute-roles.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import { originFor, type TwinRecords } from '#shared/twin/twin.ts'
import type { CheckResult } from '#renderer/state/findings/findings-store.ts'
import type { ProjectInfo } from '#renderer/state/twin/project-store.ts'

interface FakeScenario {
  document: ScenarioDocument
  revision: number
  history: History
}

export interface FakeHostOptions {
  readonly records: TwinRecords
  readonly scenarios?: readonly string[]
  readonly packs?: readonly RulePack[]
  readonly readOnly?: ProjectInfo['readOnly']
  /** What a check finds; nothing unless said. */
  findings?(scenario: ScenarioDocument | null, scope: 'proposals' | 'network'): readonly Finding[]
}

export const A_PACK: RulePack = rulePackSchema.parse({
  format: 'underplan-rules/1', id: 'test-pack', version: '1', title: { en: 'GB 12345-2016 test', 'zh-CN': 'GB 12345-2016 测试' }, semantics: 'crossing-alongside', classes: [],
})

/**
 * A host in memory for tests of the interface's actions: the contract's answers over one project, with the scenario engine
 * itself as the authority. Every call is recorded; any can be refused or held back.
 */
export class FakeHost {
  readonly calls: { readonly name: CallName; readonly input: unknown }[] = []
  readonly scenarios = new Map<string, FakeScenario>()
  info: ProjectInfo
  readonly client: Client
  readonly #options: FakeHostOptions
  /** Bodies of records as they were last changed. */
  readonly #records = new Map<string, RecordChange['body']>()
  readonly #refusals = new Map<CallName, { readonly code: string; times: number }>()
  readonly #gates = new Map<CallName, Promise<void>>()
  readonly #listeners = new Map<EventName, Set<(payload: never) => void>>()
  readonly #onState = new Set<(state: ConnectionState) => void>()
  #isOpen = true
  #serial = 0

  constructor(options: FakeHostOptions) {
    this.#options = options
    const { records } = options
    const points = records.assets.flatMap(asset => asset.axis)
    const bound = (k: 0 | 1 | 2, pick: (...values: number[]) => number) => points.reduce((best, p) => pick(best, p[k]), points[0]?.[k] ?? 0)
    const min = [bound(0, Math.min), bound(1, Math.min), bound(2, Math.min)] as const
    this.info = {
      id: 'test.gpkg', name: 'test.gpkg', crs: records.crs, crsName: records.crs ? `name of ${records.crs}` : '', origin: originFor(min[0], min[1]),
      extent: points.length > 0 ? [...min, bound(0, Math.max), bound(1, Math.max), bound(2, Math.max)] : null,
      synthetic: records.synthetic, twinHash: 'twin-1', assetCount: records.assets.length, segmentCount: 0, nodeCount: records.nodes.length,
      scenarios: [], packId: (options.packs ?? [A_PACK])[0]!.id, readOnly: options.readOnly ?? null, savedRevision: null, changedSinceSave: false,
    }
    for (const name of options.scenarios ?? []) this.#addScenario(name, null)
    this.client = {
      call: (name, input, callOptions) => this.#call(name, input, callOptions?.signal) as never,
      on: (name, listener) => {
        const set = this.#listeners.get(name) ?? new Set()
        this.#listeners.set(name, set.add(listener as (payload: never) => void))
        return () => set.delete(listener as (payload: never) => void)
      },
      onState: listener => {
        this.#onState.add(listener)
        listener('open')
        return () => this.#onState.delete(listener)
      },
      close: () => undefined,
    }
  }

  /** Answers the next calls of this name with a refusal. */
  refuse(name: CallName, code: string, times = 1): void {
    this.#refusals.set(name, { code, times })
  }

  /** Holds calls of this name back until the returned function is called. */
  hold(name: CallName): () => void {
    let release = () => undefined as void
    this.#gates.set(name, new Promise(resolve => { release = resolve }))
    return () => {
      this.#gates.delete(name)
      release()
    }
  }

  emit<N extends EventName>(name: N, payload: EventPayload<N>): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never)
  }

  setConnection(state: ConnectionState): void {
    for (const listener of this.#onState) listener(state)
  }

  callsOf(name: CallName): unknown[] {
    return this.calls.filter(call => call.name === name).map(call => call.input)
  }

  /** Somebody else edits the scheme: another window, or the command line. */
  editElsewhere(id: string, command: ScenarioCommand): void {
    this.#execute(this.#scenario(id), command)
    const { document, revision } = this.#scenario(id)
    this.emit('scenario.changed', { id, document: document as never, revision })
  }

  async #call(name: CallName, input: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    this.calls.push({ name, input: structuredClone(input) })
    await (this.#gates.get(name) ?? Promise.resolve())
    await Promise.resolve()
    if (signal?.aborted) throw new CallFailure('cancelled')
    const refusal = this.#refusals.get(name)
    if (refusal && refusal.times-- > 0) throw new CallFailure(refusal.code as never)
    const answer = this.#answers[name] as ((input: never) => unknown) | undefined
    if (!answer) throw new CallFailure('unknown_call')
    return answer(input as never)
  }

  readonly #opened = () => {
    this.#isOpen = true
    return { project: this.#summarised(), recovery: null, migratedFrom: null }
  }

  readonly #answers: Partial<Record<CallName, (input: never) => unknown>> = {
    'app.info': () => ({ version: '0.0.0', host: 'memory', platform: 'test', capabilities: { nativePicker: false, browsePicker: true, upload: true, quit: false } }),
    'preferences.get': () => ({ language: null, theme: 'system', colours: 'standard', shade: 'auto', layout: null }),
    'preferences.set': () => ({ language: null, theme: 'system', colours: 'standard', shade: 'auto', layout: null }),
    'project.openSample': this.#opened,
    'project.open': this.#opened,
    'project.create': this.#opened,
    'project.saveAs': this.#opened,
    'project.current': () => ({ opened: this.#isOpen ? this.#opened() : null, toOpen: null }),
    'project.recent': () => ({ files: [] }),
    'project.close': () => {
      this.#isOpen = false
      return {}
    },
    'project.save': ({ name }: { name: string }) => (this.info = { ...this.#summarised(), savedRevision: { name, at: '2026-01-01T00:00:00Z' }, changedSinceSave: false }),
    'twin.columns': () => buildAssetColumns(this.#options.records.assets, this.info.origin),
    'twin.context': () => {
      const { nodes, ground, surfaceFeatures, blocks } = this.#options.records
      const [dx, dy] = this.info.origin
      return packContext({ nodes, ground: ground?.type === 'grid' ? { ...ground, x0: ground.x0 - dx, y0: ground.y0 - dy } : ground, surfaceFeatures, blocks })
    },
    'twin.attributes': ({ assetId }: { assetId: string }) => {
      const asset = this.#options.records.assets.find(({ id }) => id === assetId)
      if (!asset) throw new CallFailure('not_found')
      return { attributes: asset.attributes, importedFrom: null, levelReference: null }
    },
    'twin.attributeColumn': ({ role }: { role: AttributeRole }) => {
      const found = this.#options.records.assets.map(asset => roleValue(asset.attributes, role))
      const values = [...new Set(found.flatMap(value => value?.value ?? []))]
      return { role, names: [...new Set(found.flatMap(value => value?.name ?? []))], values, codes: Uint32Array.from(found, value => (value ? 1 + values.indexOf(value.value) : 0)) }
    },
    'register.list': () => ({ records: [] }),
    'register.apply': ({ changes }: { changes: readonly RecordChange[] }) => {
      const records = changes.flatMap(({ collection, id, body }) => (body === null ? [] : [{ collection, id, body, revision: 1, changedAt: '2026-01-01T00:00:00Z' }]))
      const keyOf = ({ collection, id }: Pick<RecordChange, 'collection' | 'id'>) => `${collection}/${id}`
      const before = changes.map(change => ({ ...change, body: this.#records.get(keyOf(change)) ?? null })).reverse()
      for (const change of changes) this.#records.set(keyOf(change), change.body)
      this.emit('register.changed', { records, removed: changes.filter(({ body }) => body === null).map(({ collection, id }) => ({ collection, id })) })
      return { before }
    },
    'ledger.edits': () => ({ edits: [] }),
    'rules.list': () => ({ packs: (this.#options.packs ?? [A_PACK]).map(({ id, version, title }) => ({ id, version, title })) }),
    'rules.get': ({ id }: { id: string }) => ({ pack: (this.#options.packs ?? [A_PACK]).find(pack => pack.id === id), hash: `hash of ${id}` }),
    'rules.use': ({ id }: { id: string }) => (this.info = { ...this.info, packId: id }),
    'scenario.get': ({ id }: { id: string }) => this.#state(id),
    'scenario.create': ({ name, copyFrom }: { name: string; copyFrom: string | null }) => {
      if ([...this.scenarios.values()].some(({ document }) => document.name === name)) throw new CallFailure('name_taken')
      return this.#state(this.#addScenario(name, copyFrom === null ? null : this.#scenario(copyFrom)))
    },
    'scenario.remove': ({ id }: { id: string }) => {
      this.scenarios.delete(id)
      return {}
    },
    'scenario.execute': ({ id, baseRevision, command }: { id: string; baseRevision: number; command: ScenarioCommand }) => {
      const scenario = this.#scenario(id)
      if (scenario.revision !== baseRevision) throw new CallFailure('revision_mismatch')
      this.#execute(scenario, command)
      const { history, revision } = scenario
      return { revision, undoLabel: undoLabel(history), redoLabel: redoLabel(history) }
    },
    'scenario.undo': ({ id }: { id: string }) => this.#step(id, 'nothing_to_undo', undoStep),
    'scenario.redo': ({ id }: { id: string }) => this.#step(id, 'nothing_to_redo', redoStep),
    'check.latest': () => ({ result: null }),
    'check.run': ({ scenarioId, scope, packId }: { scenarioId: string | null; scope: 'proposals' | 'network'; packId: string }): CheckResult => {
      const scenario = scenarioId === null ? null : this.#scenario(scenarioId)
      return {
        label: {
          twinHash: this.info.twinHash, scenarioId, scenarioRevision: scenario?.revision ?? 0,
          pack: { id: packId, version: '1', hash: `hash of ${packId}` }, engine: 'fake',
        },
        scope, findings: [...(this.#options.findings?.(scenario?.document ?? null, scope) ?? [])] as never,
        pairCount: 0, durationMs: 1, checkedAt: '2026-01-01T00:00:00Z', partial: false,
      }
    },
  }

  #addScenario(name: string, source: FakeScenario | null): string {
    const id = `scenario-${++this.#serial}`
    this.scenarios.set(id, { document: source ? branchOf(source, id, name) : emptyScenario(id, name), revision: 0, history: EMPTY_HISTORY })
    return id
  }

  #scenario(id: string): FakeScenario {
    const scenario = this.scenarios.get(id)
    if (!scenario) throw new CallFailure('not_found')
    return scenario
  }

  #state(id: string) {
    const { document, revision, history } = this.#scenario(id)
    return { document, revision, undoLabel: undoLabel(history), redoLabel: redoLabel(history) }
  }

  #summarised(): ProjectInfo {
    const scenarios = [...this.scenarios.values()].map(({ document, revision }) => ({
      id: document.id, name: document.name, proposals: Object.keys(document.proposals).length, excavations: Object.keys(document.excavations).length,
      removals: Object.keys(document.removals).length, edits: revision, revision, colour: document.colour ?? null, basedOn: document.basedOn ?? null,
    }))
    return { ...this.info, scenarios }
  }

  #execute(scenario: FakeScenario, command: ScenarioCommand): void {
    const result = executeCommand(scenario.document, command)
    if (!result.ok) throw new CallFailure('rejected', { reason: result.error.code })
    scenario.document = result.value.document
    scenario.history = recordEntry(scenario.history, historyEntry(++scenario.revision, command, result.value))
  }

  #step(id: string, refusal: 'nothing_to_undo' | 'nothing_to_redo', step: typeof undoStep): unknown {
    const scenario = this.#scenario(id)
    const taken = step(scenario.document, scenario.history)
    if (!taken) throw new CallFailure(refusal as never)
    scenario.document = taken.document
    scenario.history = taken.history
    scenario.revision++
    return this.#state(id)
  }
}
