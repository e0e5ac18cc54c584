import { findingGuid, sentenceGuid } from '#shared/io/bcf/findings-to-bcf.ts'
import type { BcfTopic } from '#shared/io/bcf/model.ts'
import { readBcf } from '#shared/io/bcf/read-bcf.ts'
import { BcfRefused } from '#shared/io/bcf/refused.ts'
import type { Finding } from '#shared/clearance/finding.ts'
import type { FindingComment, FindingState, FindingStatus } from '#shared/register/finding-state.ts'
import { statusOfWord } from '#shared/review/status-words.ts'
import { showToast } from '../state/jobs-store.ts'
import { projectStore } from '../state/project-store.ts'
import { shownResult } from './finding-actions.ts'
import { workOff } from './review-actions.ts'

/**
 * Takes in what others made of our findings: status, person, due day and comments of topics that came from this project.
 * Topics of others are counted and said, not taken in.
 */
export async function importBcf(file: File): Promise<void> {
  const result = shownResult()
  const { info } = projectStore.getState()
  if (!result || !info) return
  const topics = await topicsOf(file)
  if (!topics) return
  const byGuid = new Map(result.findings.map(finding => [findingGuid(info.name, finding.id), finding]))
  let [taken, foreign] = [0, 0]
  for (const topic of topics) {
    const finding = byGuid.get((topic.guid ?? '').toLowerCase())
    if (!finding) foreign++
    else if (await takeIn(finding, topic)) taken++
  }
  showToast(foreign > 0 ? 'warning' : 'success', foreign > 0 ? 'review:bcf.someForeign' : 'review:bcf.done', { topics: topics.length, taken, foreign })
}

async function topicsOf(file: File): Promise<readonly BcfTopic[] | null> {
  try {
    return readBcf(new Uint8Array(await file.arrayBuffer())).value.topics
  } catch (cause) {
    if (!(cause instanceof BcfRefused)) throw cause
    showToast('error', `cli-bcf:refused.${cause.code}`, { file: cause.file, detail: cause.detail })
    return null
  }
}

/** @returns whether anything changed. */
async function takeIn(finding: Finding, topic: BcfTopic): Promise<boolean> {
  let isChanged = false
  const patchOf = (known: FindingState) => {
    const comments = [...known.comments, ...newComments(topic, known)].slice(0, 1000)
    const status = statusFrom(topic, known)
    const due = topic.dueDate?.slice(0, 10) ?? known.due
    const patch = { comments, status, assignee: (topic.assignedTo ?? known.assignee).slice(0, 200), due: due !== null && /^\d{4}-\d{2}-\d{2}$/.test(due) ? due : known.due }
    isChanged = comments.length > known.comments.length || status !== known.status || patch.assignee !== known.assignee || patch.due !== known.due
    return patch
  }
  await workOff([finding.id], patchOf)
  return isChanged
}

/** What is accepted here needs an exception with its terms: a word in an archive does not accept anything. */
function statusFrom({ status }: BcfTopic, known: FindingState): FindingStatus {
  const said = statusOfWord(status ?? '')
  if (said === null || (said === 'new' && known.status !== 'new')) return known.status
  return said === 'accepted' ? (known.exception ? 'accepted' : 'reviewed') : said
}

function newComments(topic: BcfTopic, known: FindingState): FindingComment[] {
  const have = new Set(known.comments.map(({ id }) => id.toLowerCase()))
  const guid = (topic.guid ?? '').toLowerCase()
  return (topic.comments ?? []).flatMap(({ guid: id = '', date = '', author = '', text = '' }) => {
    const isOurs = id.toLowerCase() === sentenceGuid(guid) || have.has(id.toLowerCase()) || known.comments.some(comment => comment.text === text && comment.author === author)
    return isOurs || id === '' || text.trim() === '' ? [] : [{ id: id.slice(0, 100), at: date.slice(0, 50), author: author.slice(0, 200), text: text.slice(0, 10_000) }]
  })
}
