import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { TFunction } from 'i18next'
import { z } from 'zod'
import { CallFailure } from '#shared/contract/call-failure.ts'
import type { ScenarioCommand } from '#shared/scenario/command-schema.ts'
import { saidProperties } from '#shared/scenario/line-properties.ts'
import { loadMessages } from '../../services/messages.ts'
import type { ProjectFile } from '../../services/project-file.ts'
import { writeJson } from '../answer.ts'
import { CliFailure, EXIT, type CliCommand, type CliIo } from '../command.ts'
import { openForCommand, projectFailure } from '../open-project.ts'
import { scriptLineSchema, sectionOf, type ScriptLine } from '../script-line.ts'

/** `script <project> <edits.jsonl>`: scenario commands as the interface gives them, each acknowledged once it is durable. */
export const scriptCommand: CliCommand = {
  name: 'script',
  options: { json: { type: 'string' } },
  helpKey: 'cli-project:script.help',
  async run({ positionals, values }, io) {
    const t = await loadMessages(io.language)
    const [path, script, extra] = positionals
    if (path === undefined || script === undefined || extra !== undefined) throw new CliFailure('cli:missingArgument', { what: t('cli-project:script.arguments') })
    const json = values['json']
    const project = await openForCommand(path, 'write', io)
    try {
      const acknowledged = await runScript(project, script, io, t, json !== '-')
      const scenarios = project.scenarios().map(({ name, proposals, edits, revision }) => ({ name, proposals, edits, revision }))
      if (typeof json === 'string') writeJson(json, { acknowledged, scenarios }, io)
    } catch (cause) {
      throw projectFailure(cause, path)
    } finally {
      await project.close()
    }
    return EXIT.done
  },
}

async function runScript(project: ProjectFile, script: string, io: CliIo, t: TFunction, prints: boolean): Promise<number> {
  const lines = createInterface({ input: createReadStream(script, 'utf8'), crlfDelay: Infinity })
  let number = 0
  let acknowledged = 0
  try {
    for await (const text of lines) {
      number++
      if (text.trim() === '') continue
      if (io.signal.aborted) throw new CliFailure('cli-project:script.cancelled', { line: number })
      await perform(project, parseLine(text, number, io.language), number, t)
      acknowledged++
      // Written before the next edit begins: whoever reads this may end the process at once.
      if (prints) io.out(`ack ${number}\n`)
    }
  } catch (cause) {
    if (cause instanceof Error && 'syscall' in cause && 'code' in cause) throw new CliFailure('cli:cannotRead', { file: script, reason: String(cause.code) })
    throw cause
  }
  return acknowledged
}

function parseLine(text: string, line: number, language: CliIo['language']): ScriptLine {
  let raw: unknown
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw wrongLine(line, 'notJson')
  }
  const parsed = scriptLineSchema.safeParse(raw, { error: (language === 'zh-CN' ? z.locales.zhCN() : z.locales.en()).localeError })
  const problem = parsed.error?.issues[0]
  if (problem) throw wrongLine(line, 'wrongForm', { where: problem.path.join('.') || 'op', problem: problem.message })
  return parsed.data!
}

async function perform(project: ProjectFile, edit: ScriptLine, line: number, t: TFunction): Promise<void> {
  if (edit.op === 'scenario') {
    if (project.scenarioNamed(edit.name) === null) await project.createScenario(edit.name)
    return
  }
  const id = project.scenarioNamed(edit.scenario)
  if (id === null) throw wrongLine(line, 'unknownScenario', { scenario: edit.scenario })
  try {
    if (edit.op === 'undo') await project.undo(id)
    else if (edit.op === 'redo') await project.redo(id)
    else await project.execute(id, project.scenarioState(id).revision, commandOf(edit, line))
  } catch (cause) {
    if (!(cause instanceof CallFailure)) throw cause
    const { code, details } = cause
    // The state is what the line asks for: there is nothing to make durable.
    if (code === 'rejected' && details['reason'] === 'no_change') return
    if (code === 'rejected') throw wrongLine(line, 'rejected', { text: t(`scenario:rejection.${details['reason']}`, details) })
    if (code === 'nothing_to_undo' || code === 'nothing_to_redo') throw wrongLine(line, code, { scenario: edit.scenario })
    throw cause
  }
}

function commandOf(edit: Exclude<ScriptLine, { op: 'scenario' | 'undo' | 'redo' }>, line: number): ScenarioCommand {
  if (edit.op === 'moveVertex') return { op: 'proposal.moveVertex', id: edit.id, index: edit.index, to: edit.to }
  if (edit.op === 'removeProposal') return { op: 'proposal.remove', id: edit.id }
  if (edit.op === 'addExcavation') {
    const { id, name, shape, bottom, slopeRatio, soil, bench, structuresM3, stage } = edit
    return { op: 'excavation.add', excavation: { id, name, shape, bottom, slopeRatio, soil, bench, structuresM3, stage } }
  }
  if (edit.op === 'setExcavation') return { op: 'excavation.set', id: edit.id, properties: edit.properties }
  if (edit.op === 'removeExcavation') return { op: 'excavation.remove', id: edit.id }
  if (edit.op === 'addRemoval') return { op: 'removal.add', id: edit.id, reason: edit.reason }
  if (edit.op === 'removeRemoval') return { op: 'removal.remove', id: edit.id }
  const section = sectionOf(edit)
  if (!section) throw wrongLine(line, 'size')
  const { id, name, kind, owner, coordinates, replaces } = edit
  return {
    op: 'proposal.add',
    proposal: { id, name, kind, owner, section, axis: coordinates, ...saidProperties(edit), ...(replaces && { replaces }) },
  }
}

const wrongLine = (line: number, what: string, params: Readonly<Record<string, string | number>> = {}) => new CliFailure(`cli-project:script.${what}`, { line, ...params })
