import type { SceneData } from '#shared/report/scene-data.ts'

type Finding = SceneData['findings'][number]

interface PanelOrders {
  whole(): void
  showFinding(finding: Finding): void
  showView(view: SceneData['views'][number]): void
  toggle(layer: string, isShown: boolean): void
  /** Cuts at a share of the planned line and answers with the chainage; null ends it. Null where there is nothing to cut along. */
  readonly section: ((share: number | null) => number | null) | null
}

export interface ScenePanel {
  openFinding(finding: Finding): void
  /** Says what was pressed in the picture; null for nothing. */
  tell(name: string | null): void
  start(): void
}

/** The list at the side: findings to step through, saved views, a section, what is shown. Plain elements, texts only. */
export function buildPanel(data: SceneData, orders: PanelOrders): ScenePanel {
  const { texts } = data
  const aside = document.querySelector('aside')!
  const card = Object.assign(make('div', '', 'card'), { hidden: true })
  const steps = [
    ...data.views.map(view => ({ row: [make('span', view.name)], content: () => [make('h2', view.name), make('p', view.note)], look: () => orders.showView(view) })),
    ...data.findings.map(finding => ({
      row: [make('span', String(finding.number), 'number'), severityMark(finding), make('span', finding.title)],
      content: () => [make('h2', `${finding.number}  ${finding.title}`), line([severityMark(finding), `${finding.severity} · ${finding.status}`], 'soft'), make('p', finding.text)],
      look: () => orders.showFinding(finding),
    })),
  ]
  let current = -1
  const buttons = steps.map((step, i) => {
    const button = action('', () => go(i), 'row')
    button.append(...step.row)
    return button
  })
  const mark = (index: number) => {
    current = index
    buttons.forEach((button, i) => button.setAttribute('aria-current', String(i === index)))
    buttons[index]?.scrollIntoView({ block: 'nearest' })
  }
  const go = (index: number) => {
    if (steps.length === 0) return
    section?.leave()
    mark((index + steps.length) % steps.length)
    const step = steps[current]!
    card.replaceChildren(...step.content())
    card.hidden = false
    step.look()
  }
  const whole = () => {
    section?.leave()
    mark(-1)
    card.hidden = true
    orders.whole()
  }
  const section = orders.section && sectionBar(texts, orders.section, () => {
    mark(-1)
    card.hidden = true
  }, whole)
  const bar = make('div', '', 'bar')
  bar.append(action(texts['previous']!, () => go(current < 0 ? -1 : current - 1)), action(texts['next']!, () => go(current + 1)), action(texts['all']!, whole))
  aside.append(make('h1', data.title), make('p', data.subtitle, 'soft'), ...data.notes.map(note => make('p', note, 'note')), bar, ...(section ? [section.element] : []))
  const list = (title: string, rows: readonly HTMLElement[], empty: string | null) => aside.append(make('h3', title), ...rows, ...(rows.length === 0 && empty !== null ? [make('p', empty, 'soft')] : []))
  if (data.views.length > 0) list(texts['views']!, buttons.slice(0, data.views.length), null)
  list(texts['findings']!, buttons.slice(data.views.length), texts['noFindings']!)
  aside.append(make('h3', texts['layers']!), ...layerBoxes(data, orders))
  const told = Object.assign(make('p', '', 'told'), { hidden: true })
  document.body.append(card, told, make('p', texts['hint']!, 'hint'))
  addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ' ': 1, j: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, k: -1 }[event.key]
    if (step === undefined || event.target instanceof HTMLInputElement) return
    event.preventDefault()
    go(current < 0 && step < 0 ? -1 : current + step)
  })
  return {
    openFinding: finding => go(data.views.length + data.findings.indexOf(finding)),
    tell: name => {
      told.hidden = name === null
      told.textContent = name
    },
    start: whole,
  }
}

/** A switch and a slider: the cut goes along the planned line, the eye with it. */
function sectionBar(texts: SceneData['texts'], cut: (share: number | null) => number | null, onEnter: () => void, onLeave: () => void) {
  const [element, label, figure] = [make('div', '', 'section'), make('label', ''), make('span', '', 'soft')]
  const slider = Object.assign(document.createElement('input'), { type: 'range', min: '0', max: '1', step: '0.002', value: '0.5', disabled: true, ariaLabel: texts['section']! })
  const box = Object.assign(document.createElement('input'), { type: 'checkbox' })
  const leave = () => {
    box.checked = false
    slider.disabled = true
    figure.textContent = ''
  }
  const enter = () => {
    onEnter()
    slider.disabled = false
    const chainageM = cut(Number(slider.value))
    figure.textContent = chainageM === null ? '' : `${chainageM.toFixed(1)} m`
  }
  box.addEventListener('change', () => (box.checked ? enter() : onLeave()))
  slider.addEventListener('input', enter)
  label.append(box, texts['section']!)
  element.append(label, figure, slider)
  return { element, leave }
}

function layerBoxes(data: SceneData, orders: PanelOrders): HTMLElement[] {
  const present = new Set(data.lines.map(({ kind }) => kind))
  const layers = [
    ...(data.ground ? [{ id: 'ground', name: data.texts['ground']!, colour: '#b9b3a4' }] : []), ...(data.buildings.length > 0 ? [{ id: 'buildings', name: data.texts['buildings']!, colour: '#d9dde2' }] : []),
    ...data.kinds.filter((_, i) => present.has(i)),
  ]
  return layers.map(({ id, name, colour }) => {
    const label = make('label', '', 'layer')
    const box = Object.assign(document.createElement('input'), { type: 'checkbox', checked: true, onchange: () => orders.toggle(id, box.checked) })
    const swatch = make('span', '', 'swatch')
    swatch.style.background = colour
    label.append(box, swatch, name)
    return label
  })
}

/** Octagon for mandatory, triangle for advisory: the word stands beside it in the card. */
const severityMark = ({ isMandatory, severity }: Finding): HTMLElement => Object.assign(make('span', '', `severity ${isMandatory ? 'severity--mandatory' : ''}`), { title: severity })

const make = (tag: string, text: string, className = ''): HTMLElement => Object.assign(document.createElement(tag), { textContent: text, className })
const line = (parts: readonly (HTMLElement | string)[], className: string): HTMLElement => {
  const element = make('p', '', className)
  element.append(...parts)
  return element
}
const action = (text: string, onclick: () => void, className = ''): HTMLButtonElement => Object.assign(document.createElement('button'), { type: 'button' as const, textContent: text, className, onclick })
