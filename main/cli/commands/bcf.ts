import type { TFunction } from 'i18next'
import type { BcfArchive, WrittenVersion } from '#shared/io/bcf/model.ts'
import { WRITTEN_VERSIONS } from '#shared/io/bcf/model.ts'
import { readBcf } from '#shared/io/bcf/read-bcf.ts'
import { BcfRefused, type BcfNotice } from '#shared/io/bcf/refused.ts'
import { writeBcf, writtenVersion } from '#shared/io/bcf/write-bcf.ts'
import { readArchiveFile, writeArchiveFile } from '../../services/export/bcf-file.ts'
import { loadMessages } from '../../services/messages.ts'
import { writeJson } from '../answer.ts'
import { CliFailure, EXIT, type CliCommand, type CliIo } from '../command.ts'
import { endProgress, terminalJob } from '../terminal-job.ts'

/** `bcf <in.bcfzip> [-o out.bcfzip] [--version 2.1|3.0]`: the topics of an archive, and the archive in another version. */
export const bcfCommand: CliCommand = {
  name: 'bcf',
  options: { output: { type: 'string', short: 'o' }, version: { type: 'string' }, json: { type: 'string' } },
  helpKey: 'cli-bcf:help',
  async run({ positionals, values }, io) {
    const t = await loadMessages(io.language)
    const [path, extra] = positionals
    if (path === undefined || extra !== undefined) throw new CliFailure('cli:missingArgument', { what: t('cli-bcf:archive') })
    const { output, version, json } = values
    const wanted = versionOf(version)
    if (wanted !== null && typeof output !== 'string') throw new CliFailure('cli-bcf:versionNeedsOutput', { version: wanted })
    const { archive, notices } = read(path, io, t)
    const written = typeof output === 'string' ? write(output, archive, wanted ?? writtenVersion(archive), io, t) : null
    endProgress(io)
    const answer = {
      version: archive.version,
      topics: listTopics(archive),
      ...(written && { written: { file: String(output), version: written.version } }),
      issues: summarise([...notices, ...(written?.notices ?? [])]),
    }
    if (typeof json === 'string') writeJson(json, answer, io)
    if (json !== '-') io.out(describe(answer, t))
    return EXIT.done
  },
}

function versionOf(text: unknown): WrittenVersion | null {
  if (typeof text !== 'string') return null
  const version = WRITTEN_VERSIONS.find(known => known === text)
  if (version === undefined) throw new CliFailure('cli-bcf:versionUnknown', { version: text, versions: WRITTEN_VERSIONS.join(', ') })
  return version
}

function read(path: string, io: CliIo, t: TFunction): { archive: BcfArchive; notices: readonly BcfNotice[] } {
  try {
    const { value, notices } = readBcf(readArchiveFile(path), terminalJob(io, t))
    return { archive: value, notices }
  } catch (cause) {
    if (cause instanceof BcfRefused) {
      const reason = t(`cli-bcf:refused.${cause.code}`, { file: cause.file, detail: cause.detail })
      throw new CliFailure('cli-bcf:cannotUse', { file: path, reason })
    }
    if (isSystemError(cause)) throw new CliFailure('cli:cannotRead', { file: path, reason: cause.message })
    throw cause
  }
}

function write(output: string, archive: BcfArchive, version: WrittenVersion, io: CliIo, t: TFunction): { version: WrittenVersion; notices: readonly BcfNotice[] } {
  const { bytes, notices } = writeBcf(archive, version, terminalJob(io, t))
  try {
    writeArchiveFile(output, bytes)
  } catch (cause) {
    throw isSystemError(cause) ? new CliFailure('cli:cannotWrite', { file: output, reason: cause.message }) : cause
  }
  return { version, notices }
}

const isSystemError = (cause: unknown): cause is NodeJS.ErrnoException => cause instanceof Error && 'syscall' in cause

interface Topic {
  readonly guid: string | null
  readonly title: string | null
  readonly status: string | null
  readonly type: string | null
  readonly comments: number
  readonly viewpoints: number
}

interface Issue {
  readonly code: string
  readonly severity: string
  readonly count: number
  readonly example: string
}

const listTopics = ({ topics }: BcfArchive): Topic[] => topics.map(({ guid, title, status, type, comments, viewpoints }) => ({
  guid: guid ?? null, title: title ?? null, status: status ?? null, type: type ?? null, comments: comments?.length ?? 0, viewpoints: viewpoints?.length ?? 0,
}))

function summarise(notices: readonly BcfNotice[]): Issue[] {
  const rows = new Map<string, { code: string; severity: string; count: number; example: string }>()
  for (const { code, severity, ref } of notices) {
    const row = rows.get(code)
    if (row) row.count++
    else rows.set(code, { code, severity, count: 1, example: ref })
  }
  return [...rows.values()].sort((a, b) => (a.severity === b.severity ? (a.code < b.code ? -1 : 1) : a.severity === 'warning' ? -1 : 1))
}

function describe({ version, topics, written, issues }: { version: string; topics: readonly Topic[]; written?: { file: string; version: string }; issues: readonly Issue[] }, t: TFunction): string {
  return [
    t('cli-bcf:heading', { version, count: topics.length }),
    ...topics.map(topic => t('cli-bcf:topic', {
      guid: printable(topic.guid ?? '–'), title: printable(topic.title ?? '–'), status: printable(topic.status ?? '–'), type: printable(topic.type ?? '–'),
      comments: topic.comments, viewpoints: topic.viewpoints,
    })),
    ...(written ? [t('cli-bcf:written', written)] : []),
    ...issues.map(({ code, severity, count, example }) => t('cli-bcf:issue', { severity: t(`cli-project:severity.${severity}`), count, text: t(`cli-bcf:notice.${code}`), example: printable(example) })),
    '',
  ].join('\n')
}

/** Texts of others on one line, without what would steer the terminal. */
const printable = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim()
