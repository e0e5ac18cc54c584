import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/dialog.tsx'
import './dialogs.css'

interface Passage {
  readonly title: string
  readonly text: string
}

/** What the sample city is and is not, and the problems planted in it. */
export function AboutDataDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('sample')
  const sections = t('sections', { returnObjects: true }) as Readonly<Record<string, Passage>>
  const problems = t('problem', { returnObjects: true }) as Readonly<Record<string, Passage>>
  return (
    <Dialog title={t('title')} closeLabel={t('common:close')} onClose={onClose} width={640}>
      <div className="about-data selectable">
        <p className="strong">{t('lead')}</p>
        {Object.entries(sections).map(([id, { title, text }]) => (
          <section key={id}>
            <h3>{title}</h3>
            <p>{text}</p>
            {id === 'problems' && <ul>{Object.entries(problems).map(([key, problem]) => <li key={key}><b className="strong">{problem.title}</b> · {problem.text}</li>)}</ul>}
          </section>
        ))}
      </div>
    </Dialog>
  )
}
