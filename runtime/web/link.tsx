import type { ComponentChildren } from 'preact';
import { basePath, followLink, pathOf, type Route } from './routes.ts';

/** A link to another place of the page. */
export function Link(props: {
  route: Route;
  class?: string | undefined;
  current?: boolean | undefined;
  title?: string | undefined;
  children: ComponentChildren;
}) {
  const { route, current, title, children } = props;
  return (
    <a
      href={pathOf(route, basePath(location.pathname))}
      class={props.class}
      title={title}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => followLink(event, route)}
    >
      {children}
    </a>
  );
}
