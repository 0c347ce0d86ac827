import type { ComponentChildren } from 'preact';
import { addressOf, basePath, followLink, type InLog, type Route } from './routes.ts';

/** A link to another place of the page. */
export function Link(props: {
  route: Route;
  /** What of the log is shown there. */
  inLog?: InLog | undefined;
  class?: string | undefined;
  current?: boolean | undefined;
  title?: string | undefined;
  children: ComponentChildren;
}) {
  const { route, inLog, current, title, children } = props;
  return (
    <a
      href={addressOf(route, basePath(location.pathname), inLog)}
      class={props.class}
      title={title}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => followLink(event, route, inLog)}
    >
      {children}
    </a>
  );
}
