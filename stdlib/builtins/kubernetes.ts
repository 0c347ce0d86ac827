import type { Builtin } from '../schema/builtin.ts';
import { allowK8sContexts } from './allow-k8s-contexts.ts';
import { customBuild } from './custom-build.ts';
import { defaultRegistry } from './default-registry.ts';
import { dockerBuild } from './docker-build.ts';
import { filterYaml } from './filter-yaml.ts';
import { helm } from './helm.ts';
import { k8sContext } from './k8s-context.ts';
import { k8sCustomDeploy } from './k8s-custom-deploy.ts';
import { k8sImageJsonPath } from './k8s-image-json-path.ts';
import { k8sKind } from './k8s-kind.ts';
import { k8sNamespace } from './k8s-namespace.ts';
import { k8sResource } from './k8s-resource.ts';
import { k8sYaml } from './k8s-yaml.ts';
import { kustomize } from './kustomize.ts';
import { fallBackOn, initialSync, restartContainer, run, sync } from './live-update-steps.ts';
import { workloadToResourceFunction } from './workload-to-resource-function.ts';

/** What images and clusters need, in the order of the reference. */
export const kubernetesBuiltins: readonly Builtin[] = [
  dockerBuild,
  customBuild,
  initialSync,
  fallBackOn,
  sync,
  run,
  restartContainer,
  k8sYaml,
  filterYaml,
  helm,
  kustomize,
  k8sResource,
  k8sCustomDeploy,
  k8sKind,
  k8sImageJsonPath,
  workloadToResourceFunction,
  allowK8sContexts,
  k8sContext,
  k8sNamespace,
  defaultRegistry,
];
