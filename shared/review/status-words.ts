import type { FindingStatus } from '../register/finding-state.ts'

/** How programs name how far an issue has come (BCF leaves it open), and our own words in both languages. Lower case. */
const WORDS: Readonly<Record<FindingStatus, readonly string[]>> = {
  new: ['new', 'open', 'opened', '新建', '未处理', '打开'],
  active: ['active', 'in progress', 'inprogress', 'in_progress', 'assigned', 'reopened', 're-opened', '处理中'],
  reviewed: ['reviewed', 'review', 'in review', 'confirmed', '已审核'],
  accepted: ['accepted', 'approved', 'void', '已认可'],
  resolved: ['resolved', 'closed', 'done', 'fixed', 'completed', '已解决', '关闭', '已关闭'],
}

/** The status a word of another program stands for; null where nobody can tell. */
export function statusOfWord(word: string): FindingStatus | null {
  const plain = word.trim().toLowerCase()
  const found = Object.entries(WORDS).find(([, words]) => words.includes(plain))
  return found ? (found[0] as FindingStatus) : null
}
