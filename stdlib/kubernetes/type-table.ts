// Written by write-type-table.mjs: change it there.

/** A line for each kind: its version, its name, the type that its objects have. */
export const KINDS = `admissionregistration.k8s.io/v1 MutatingWebhookConfiguration V1MutatingWebhookConfiguration
admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy V1ValidatingAdmissionPolicy
admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding V1ValidatingAdmissionPolicyBinding
admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration V1ValidatingWebhookConfiguration
admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicy V1beta1MutatingAdmissionPolicy
admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicyBinding V1beta1MutatingAdmissionPolicyBinding
apps/v1 ControllerRevision V1ControllerRevision
apps/v1 DaemonSet V1DaemonSet
apps/v1 Deployment V1Deployment
apps/v1 ReplicaSet V1ReplicaSet
apps/v1 StatefulSet V1StatefulSet
apps/v1beta1 ControllerRevision V1ControllerRevision
apps/v1beta1 DaemonSet V1DaemonSet
apps/v1beta1 Deployment V1Deployment
apps/v1beta1 ReplicaSet V1ReplicaSet
apps/v1beta1 StatefulSet V1StatefulSet
apps/v1beta2 ControllerRevision V1ControllerRevision
apps/v1beta2 DaemonSet V1DaemonSet
apps/v1beta2 Deployment V1Deployment
apps/v1beta2 ReplicaSet V1ReplicaSet
apps/v1beta2 StatefulSet V1StatefulSet
autoscaling/v1 HorizontalPodAutoscaler V1HorizontalPodAutoscaler
autoscaling/v2 HorizontalPodAutoscaler V2HorizontalPodAutoscaler
batch/v1 CronJob V1CronJob
batch/v1 Job V1Job
batch/v1beta1 CronJob V1CronJob
batch/v1beta1 Job V1Job
certificates.k8s.io/v1 CertificateSigningRequest V1CertificateSigningRequest
certificates.k8s.io/v1beta1 ClusterTrustBundle V1beta1ClusterTrustBundle
coordination.k8s.io/v1 Lease V1Lease
coordination.k8s.io/v1beta1 LeaseCandidate V1beta1LeaseCandidate
discovery.k8s.io/v1 EndpointSlice V1EndpointSlice
extensions/v1beta1 ControllerRevision V1ControllerRevision
extensions/v1beta1 DaemonSet V1DaemonSet
extensions/v1beta1 Deployment V1Deployment
extensions/v1beta1 ReplicaSet V1ReplicaSet
extensions/v1beta1 StatefulSet V1StatefulSet
flowcontrol.apiserver.k8s.io/v1 FlowSchema V1FlowSchema
flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration V1PriorityLevelConfiguration
flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema V1beta3FlowSchema
flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfiguration V1beta3PriorityLevelConfiguration
networking.k8s.io/v1 IPAddress V1IPAddress
networking.k8s.io/v1 Ingress V1Ingress
networking.k8s.io/v1 IngressClass V1IngressClass
networking.k8s.io/v1 NetworkPolicy V1NetworkPolicy
networking.k8s.io/v1 ServiceCIDR V1ServiceCIDR
networking.k8s.io/v1beta1 IPAddress V1beta1IPAddress
networking.k8s.io/v1beta1 ServiceCIDR V1beta1ServiceCIDR
node.k8s.io/v1 RuntimeClass V1RuntimeClass
policy/v1 PodDisruptionBudget V1PodDisruptionBudget
policy/v1beta1 PodDisruptionBudget V1PodDisruptionBudget
rbac.authorization.k8s.io/v1 ClusterRole V1ClusterRole
rbac.authorization.k8s.io/v1 ClusterRoleBinding V1ClusterRoleBinding
rbac.authorization.k8s.io/v1 Role V1Role
rbac.authorization.k8s.io/v1 RoleBinding V1RoleBinding
rbac.authorization.k8s.io/v1alpha1 ClusterRole V1ClusterRole
rbac.authorization.k8s.io/v1alpha1 ClusterRoleBinding V1ClusterRoleBinding
rbac.authorization.k8s.io/v1alpha1 Role V1Role
rbac.authorization.k8s.io/v1alpha1 RoleBinding V1RoleBinding
rbac.authorization.k8s.io/v1beta1 ClusterRole V1ClusterRole
rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding V1ClusterRoleBinding
rbac.authorization.k8s.io/v1beta1 Role V1Role
rbac.authorization.k8s.io/v1beta1 RoleBinding V1RoleBinding
scheduling.k8s.io/v1 PriorityClass V1PriorityClass
storage.k8s.io/v1 CSIDriver V1CSIDriver
storage.k8s.io/v1 CSINode V1CSINode
storage.k8s.io/v1 CSIStorageCapacity V1CSIStorageCapacity
storage.k8s.io/v1 StorageClass V1StorageClass
storage.k8s.io/v1 VolumeAttachment V1VolumeAttachment
storage.k8s.io/v1 VolumeAttributesClass V1VolumeAttributesClass
storage.k8s.io/v1beta1 VolumeAttributesClass V1beta1VolumeAttributesClass
v1 AuthenticationV1TokenRequest AuthenticationV1TokenRequest
v1 Binding V1Binding
v1 ConfigMap V1ConfigMap
v1 Endpoints V1Endpoints
v1 Event CoreV1Event
v1 Eviction V1Eviction
v1 LimitRange V1LimitRange
v1 Namespace V1Namespace
v1 Node V1Node
v1 PersistentVolume V1PersistentVolume
v1 PersistentVolumeClaim V1PersistentVolumeClaim
v1 Pod V1Pod
v1 PodTemplate V1PodTemplate
v1 ReplicationController V1ReplicationController
v1 ResourceQuota V1ResourceQuota
v1 Secret V1Secret
v1 Service V1Service
v1 ServiceAccount V1ServiceAccount`;

/** A line for each type: its name and its fields, `name:type`. Types are explained in object-type.ts. */
export const TYPES = `AdmissionregistrationV1ServiceReference name:s namespace:s path:s port:n
AdmissionregistrationV1WebhookClientConfig caBundle:y service:AdmissionregistrationV1ServiceReference url:s
AuthenticationV1TokenRequest apiVersion:s kind:s metadata:V1ObjectMeta spec:V1TokenRequestSpec
CoreV1EndpointPort appProtocol:s name:s port:n protocol:s
CoreV1Event action:s apiVersion:s count:n eventTime:s firstTimestamp:s involvedObject:V1ObjectReference kind:s lastTimestamp:s message:s metadata:V1ObjectMeta reason:s related:V1ObjectReference reportingComponent:s reportingInstance:s series:CoreV1EventSeries source:V1EventSource type:s
CoreV1EventSeries count:n lastObservedTime:s
CoreV1ResourceClaim name:s request:s
DiscoveryV1EndpointPort appProtocol:s name:s port:n protocol:s
FlowcontrolV1Subject group:V1GroupSubject kind:s serviceAccount:V1ServiceAccountSubject user:V1UserSubject
RbacV1Subject apiGroup:s kind:s name:s namespace:s
StorageV1TokenRequest audience:s expirationSeconds:n
V1AWSElasticBlockStoreVolumeSource fsType:s partition:n readOnly:b volumeID:s
V1Affinity nodeAffinity:V1NodeAffinity podAffinity:V1PodAffinity podAntiAffinity:V1PodAntiAffinity
V1AggregationRule clusterRoleSelectors:[V1LabelSelector
V1AppArmorProfile localhostProfile:s type:s
V1AuditAnnotation key:s valueExpression:s
V1AzureDiskVolumeSource cachingMode:s diskName:s diskURI:s fsType:s kind:s readOnly:b
V1AzureFilePersistentVolumeSource readOnly:b secretName:s secretNamespace:s shareName:s
V1AzureFileVolumeSource readOnly:b secretName:s shareName:s
V1Binding apiVersion:s kind:s metadata:V1ObjectMeta target:V1ObjectReference
V1BoundObjectReference apiVersion:s kind:s name:s uid:s
V1CSIDriver apiVersion:s kind:s metadata:V1ObjectMeta spec:V1CSIDriverSpec
V1CSIDriverSpec attachRequired:b fsGroupPolicy:s nodeAllocatableUpdatePeriodSeconds:n podInfoOnMount:b requiresRepublish:b seLinuxMount:b storageCapacity:b tokenRequests:[StorageV1TokenRequest volumeLifecycleModes:[s
V1CSINode apiVersion:s kind:s metadata:V1ObjectMeta spec:V1CSINodeSpec
V1CSINodeDriver allocatable:V1VolumeNodeResources name:s nodeID:s topologyKeys:[s
V1CSINodeSpec drivers:[V1CSINodeDriver
V1CSIPersistentVolumeSource controllerExpandSecretRef:V1SecretReference controllerPublishSecretRef:V1SecretReference driver:s fsType:s nodeExpandSecretRef:V1SecretReference nodePublishSecretRef:V1SecretReference nodeStageSecretRef:V1SecretReference readOnly:b volumeAttributes:{s volumeHandle:s
V1CSIStorageCapacity apiVersion:s capacity:q kind:s maximumVolumeSize:q metadata:V1ObjectMeta nodeTopology:V1LabelSelector storageClassName:s
V1CSIVolumeSource driver:s fsType:s nodePublishSecretRef:V1LocalObjectReference readOnly:b volumeAttributes:{s
V1Capabilities add:[s drop:[s
V1CephFSPersistentVolumeSource monitors:[s path:s readOnly:b secretFile:s secretRef:V1SecretReference user:s
V1CephFSVolumeSource monitors:[s path:s readOnly:b secretFile:s secretRef:V1LocalObjectReference user:s
V1CertificateSigningRequest apiVersion:s kind:s metadata:V1ObjectMeta spec:V1CertificateSigningRequestSpec
V1CertificateSigningRequestSpec expirationSeconds:n extra:{[s groups:[s request:y signerName:s uid:s usages:[s username:s
V1CinderPersistentVolumeSource fsType:s readOnly:b secretRef:V1SecretReference volumeID:s
V1CinderVolumeSource fsType:s readOnly:b secretRef:V1LocalObjectReference volumeID:s
V1ClientIPConfig timeoutSeconds:n
V1ClusterRole aggregationRule:V1AggregationRule apiVersion:s kind:s metadata:V1ObjectMeta rules:[V1PolicyRule
V1ClusterRoleBinding apiVersion:s kind:s metadata:V1ObjectMeta roleRef:V1RoleRef subjects:[RbacV1Subject
V1ClusterTrustBundleProjection labelSelector:V1LabelSelector name:s optional:b path:s signerName:s
V1ConfigMap apiVersion:s binaryData:{y data:{s immutable:b kind:s metadata:V1ObjectMeta
V1ConfigMapEnvSource name:s optional:b
V1ConfigMapKeySelector key:s name:s optional:b
V1ConfigMapNodeConfigSource kubeletConfigKey:s name:s namespace:s resourceVersion:s uid:s
V1ConfigMapProjection items:[V1KeyToPath name:s optional:b
V1ConfigMapVolumeSource defaultMode:n items:[V1KeyToPath name:s optional:b
V1Container args:[s command:[s env:[V1EnvVar envFrom:[V1EnvFromSource image:s imagePullPolicy:s lifecycle:V1Lifecycle livenessProbe:V1Probe name:s ports:[V1ContainerPort readinessProbe:V1Probe resizePolicy:[V1ContainerResizePolicy resources:V1ResourceRequirements restartPolicy:s restartPolicyRules:[V1ContainerRestartRule securityContext:V1SecurityContext startupProbe:V1Probe stdin:b stdinOnce:b terminationMessagePath:s terminationMessagePolicy:s tty:b volumeDevices:[V1VolumeDevice volumeMounts:[V1VolumeMount workingDir:s
V1ContainerPort containerPort:n hostIP:s hostPort:n name:s protocol:s
V1ContainerResizePolicy resourceName:s restartPolicy:s
V1ContainerRestartRule action:s exitCodes:V1ContainerRestartRuleOnExitCodes
V1ContainerRestartRuleOnExitCodes operator:s values:[n
V1ControllerRevision apiVersion:s data:a kind:s metadata:V1ObjectMeta revision:n
V1CronJob apiVersion:s kind:s metadata:V1ObjectMeta spec:V1CronJobSpec
V1CronJobSpec concurrencyPolicy:s failedJobsHistoryLimit:n jobTemplate:V1JobTemplateSpec schedule:s startingDeadlineSeconds:n successfulJobsHistoryLimit:n suspend:b timeZone:s
V1CrossVersionObjectReference apiVersion:s kind:s name:s
V1DaemonSet apiVersion:s kind:s metadata:V1ObjectMeta spec:V1DaemonSetSpec
V1DaemonSetSpec minReadySeconds:n revisionHistoryLimit:n selector:V1LabelSelector template:V1PodTemplateSpec updateStrategy:V1DaemonSetUpdateStrategy
V1DaemonSetUpdateStrategy rollingUpdate:V1RollingUpdateDaemonSet type:s
V1DeleteOptions apiVersion:s dryRun:[s gracePeriodSeconds:n ignoreStoreReadErrorWithClusterBreakingPotential:b kind:s orphanDependents:b preconditions:V1Preconditions propagationPolicy:s
V1Deployment apiVersion:s kind:s metadata:V1ObjectMeta spec:V1DeploymentSpec
V1DeploymentSpec minReadySeconds:n paused:b progressDeadlineSeconds:n replicas:n revisionHistoryLimit:n selector:V1LabelSelector strategy:V1DeploymentStrategy template:V1PodTemplateSpec
V1DeploymentStrategy rollingUpdate:V1RollingUpdateDeployment type:s
V1DownwardAPIProjection items:[V1DownwardAPIVolumeFile
V1DownwardAPIVolumeFile fieldRef:V1ObjectFieldSelector mode:n path:s resourceFieldRef:V1ResourceFieldSelector
V1DownwardAPIVolumeSource defaultMode:n items:[V1DownwardAPIVolumeFile
V1EmptyDirVolumeSource medium:s sizeLimit:q
V1Endpoint addresses:[s conditions:V1EndpointConditions deprecatedTopology:{s hints:V1EndpointHints hostname:s nodeName:s targetRef:V1ObjectReference zone:s
V1EndpointAddress hostname:s ip:s nodeName:s targetRef:V1ObjectReference
V1EndpointConditions ready:b serving:b terminating:b
V1EndpointHints forNodes:[V1ForNode forZones:[V1ForZone
V1EndpointSlice addressType:s apiVersion:s endpoints:[V1Endpoint kind:s metadata:V1ObjectMeta ports:[DiscoveryV1EndpointPort
V1EndpointSubset addresses:[V1EndpointAddress notReadyAddresses:[V1EndpointAddress ports:[CoreV1EndpointPort
V1Endpoints apiVersion:s kind:s metadata:V1ObjectMeta subsets:[V1EndpointSubset
V1EnvFromSource configMapRef:V1ConfigMapEnvSource prefix:s secretRef:V1SecretEnvSource
V1EnvVar name:s value:s valueFrom:V1EnvVarSource
V1EnvVarSource configMapKeyRef:V1ConfigMapKeySelector fieldRef:V1ObjectFieldSelector fileKeyRef:V1FileKeySelector resourceFieldRef:V1ResourceFieldSelector secretKeyRef:V1SecretKeySelector
V1EphemeralContainer args:[s command:[s env:[V1EnvVar envFrom:[V1EnvFromSource image:s imagePullPolicy:s lifecycle:V1Lifecycle livenessProbe:V1Probe name:s ports:[V1ContainerPort readinessProbe:V1Probe resizePolicy:[V1ContainerResizePolicy resources:V1ResourceRequirements restartPolicy:s restartPolicyRules:[V1ContainerRestartRule securityContext:V1SecurityContext startupProbe:V1Probe stdin:b stdinOnce:b targetContainerName:s terminationMessagePath:s terminationMessagePolicy:s tty:b volumeDevices:[V1VolumeDevice volumeMounts:[V1VolumeMount workingDir:s
V1EphemeralVolumeSource volumeClaimTemplate:V1PersistentVolumeClaimTemplate
V1EventSource component:s host:s
V1Eviction apiVersion:s deleteOptions:V1DeleteOptions kind:s metadata:V1ObjectMeta
V1ExecAction command:[s
V1ExemptPriorityLevelConfiguration lendablePercent:n nominalConcurrencyShares:n
V1FCVolumeSource fsType:s lun:n readOnly:b targetWWNs:[s wwids:[s
V1FileKeySelector key:s optional:b path:s volumeName:s
V1FlexPersistentVolumeSource driver:s fsType:s options:{s readOnly:b secretRef:V1SecretReference
V1FlexVolumeSource driver:s fsType:s options:{s readOnly:b secretRef:V1LocalObjectReference
V1FlockerVolumeSource datasetName:s datasetUUID:s
V1FlowDistinguisherMethod type:s
V1FlowSchema apiVersion:s kind:s metadata:V1ObjectMeta spec:V1FlowSchemaSpec
V1FlowSchemaSpec distinguisherMethod:V1FlowDistinguisherMethod matchingPrecedence:n priorityLevelConfiguration:V1PriorityLevelConfigurationReference rules:[V1PolicyRulesWithSubjects
V1ForNode name:s
V1ForZone name:s
V1GCEPersistentDiskVolumeSource fsType:s partition:n pdName:s readOnly:b
V1GRPCAction port:n service:s
V1GitRepoVolumeSource directory:s repository:s revision:s
V1GlusterfsPersistentVolumeSource endpoints:s endpointsNamespace:s path:s readOnly:b
V1GlusterfsVolumeSource endpoints:s path:s readOnly:b
V1GroupSubject name:s
V1HTTPGetAction host:s httpHeaders:[V1HTTPHeader path:s port:i scheme:s
V1HTTPHeader name:s value:s
V1HTTPIngressPath backend:V1IngressBackend path:s pathType:s
V1HTTPIngressRuleValue paths:[V1HTTPIngressPath
V1HorizontalPodAutoscaler apiVersion:s kind:s metadata:V1ObjectMeta spec:V1HorizontalPodAutoscalerSpec
V1HorizontalPodAutoscalerSpec maxReplicas:n minReplicas:n scaleTargetRef:V1CrossVersionObjectReference targetCPUUtilizationPercentage:n
V1HostAlias hostnames:[s ip:s
V1HostPathVolumeSource path:s type:s
V1IPAddress apiVersion:s kind:s metadata:V1ObjectMeta spec:V1IPAddressSpec
V1IPAddressSpec parentRef:V1ParentReference
V1IPBlock cidr:s except:[s
V1ISCSIPersistentVolumeSource chapAuthDiscovery:b chapAuthSession:b fsType:s initiatorName:s iqn:s iscsiInterface:s lun:n portals:[s readOnly:b secretRef:V1SecretReference targetPortal:s
V1ISCSIVolumeSource chapAuthDiscovery:b chapAuthSession:b fsType:s initiatorName:s iqn:s iscsiInterface:s lun:n portals:[s readOnly:b secretRef:V1LocalObjectReference targetPortal:s
V1ImageVolumeSource pullPolicy:s reference:s
V1Ingress apiVersion:s kind:s metadata:V1ObjectMeta spec:V1IngressSpec
V1IngressBackend resource:V1TypedLocalObjectReference service:V1IngressServiceBackend
V1IngressClass apiVersion:s kind:s metadata:V1ObjectMeta spec:V1IngressClassSpec
V1IngressClassParametersReference apiGroup:s kind:s name:s namespace:s scope:s
V1IngressClassSpec controller:s parameters:V1IngressClassParametersReference
V1IngressRule host:s http:V1HTTPIngressRuleValue
V1IngressServiceBackend name:s port:V1ServiceBackendPort
V1IngressSpec defaultBackend:V1IngressBackend ingressClassName:s rules:[V1IngressRule tls:[V1IngressTLS
V1IngressTLS hosts:[s secretName:s
V1Job apiVersion:s kind:s metadata:V1ObjectMeta spec:V1JobSpec
V1JobSpec activeDeadlineSeconds:n backoffLimit:n backoffLimitPerIndex:n completionMode:s completions:n managedBy:s manualSelector:b maxFailedIndexes:n parallelism:n podFailurePolicy:V1PodFailurePolicy podReplacementPolicy:s selector:V1LabelSelector successPolicy:V1SuccessPolicy suspend:b template:V1PodTemplateSpec ttlSecondsAfterFinished:n
V1JobTemplateSpec metadata:V1ObjectMeta spec:V1JobSpec
V1KeyToPath key:s mode:n path:s
V1LabelSelector matchExpressions:[V1LabelSelectorRequirement matchLabels:{s
V1LabelSelectorRequirement key:s operator:s values:[s
V1Lease apiVersion:s kind:s metadata:V1ObjectMeta spec:V1LeaseSpec
V1LeaseSpec acquireTime:s holderIdentity:s leaseDurationSeconds:n leaseTransitions:n preferredHolder:s renewTime:s strategy:s
V1Lifecycle postStart:V1LifecycleHandler preStop:V1LifecycleHandler stopSignal:s
V1LifecycleHandler exec:V1ExecAction httpGet:V1HTTPGetAction sleep:V1SleepAction tcpSocket:V1TCPSocketAction
V1LimitRange apiVersion:s kind:s metadata:V1ObjectMeta spec:V1LimitRangeSpec
V1LimitRangeItem default:{q defaultRequest:{q max:{q maxLimitRequestRatio:{q min:{q type:s
V1LimitRangeSpec limits:[V1LimitRangeItem
V1LimitResponse queuing:V1QueuingConfiguration type:s
V1LimitedPriorityLevelConfiguration borrowingLimitPercent:n lendablePercent:n limitResponse:V1LimitResponse nominalConcurrencyShares:n
V1LocalObjectReference name:s
V1LocalVolumeSource fsType:s path:s
V1ManagedFieldsEntry apiVersion:s fieldsType:s fieldsV1:a manager:s operation:s subresource:s time:s
V1MatchCondition expression:s name:s
V1MatchResources excludeResourceRules:[V1NamedRuleWithOperations matchPolicy:s namespaceSelector:V1LabelSelector objectSelector:V1LabelSelector resourceRules:[V1NamedRuleWithOperations
V1MutatingWebhook admissionReviewVersions:[s clientConfig:AdmissionregistrationV1WebhookClientConfig failurePolicy:s matchConditions:[V1MatchCondition matchPolicy:s name:s namespaceSelector:V1LabelSelector objectSelector:V1LabelSelector reinvocationPolicy:s rules:[V1RuleWithOperations sideEffects:s timeoutSeconds:n
V1MutatingWebhookConfiguration apiVersion:s kind:s metadata:V1ObjectMeta webhooks:[V1MutatingWebhook
V1NFSVolumeSource path:s readOnly:b server:s
V1NamedRuleWithOperations apiGroups:[s apiVersions:[s operations:[s resourceNames:[s resources:[s scope:s
V1Namespace apiVersion:s kind:s metadata:V1ObjectMeta spec:V1NamespaceSpec
V1NamespaceSpec finalizers:[s
V1NetworkPolicy apiVersion:s kind:s metadata:V1ObjectMeta spec:V1NetworkPolicySpec
V1NetworkPolicyEgressRule ports:[V1NetworkPolicyPort to:[V1NetworkPolicyPeer
V1NetworkPolicyIngressRule from:[V1NetworkPolicyPeer ports:[V1NetworkPolicyPort
V1NetworkPolicyPeer ipBlock:V1IPBlock namespaceSelector:V1LabelSelector podSelector:V1LabelSelector
V1NetworkPolicyPort endPort:n port:i protocol:s
V1NetworkPolicySpec egress:[V1NetworkPolicyEgressRule ingress:[V1NetworkPolicyIngressRule podSelector:V1LabelSelector policyTypes:[s
V1Node apiVersion:s kind:s metadata:V1ObjectMeta spec:V1NodeSpec
V1NodeAffinity preferredDuringSchedulingIgnoredDuringExecution:[V1PreferredSchedulingTerm requiredDuringSchedulingIgnoredDuringExecution:V1NodeSelector
V1NodeConfigSource configMap:V1ConfigMapNodeConfigSource
V1NodeSelector nodeSelectorTerms:[V1NodeSelectorTerm
V1NodeSelectorRequirement key:s operator:s values:[s
V1NodeSelectorTerm matchExpressions:[V1NodeSelectorRequirement matchFields:[V1NodeSelectorRequirement
V1NodeSpec configSource:V1NodeConfigSource externalID:s podCIDR:s podCIDRs:[s providerID:s taints:[V1Taint unschedulable:b
V1NonResourcePolicyRule nonResourceURLs:[s verbs:[s
V1ObjectFieldSelector apiVersion:s fieldPath:s
V1ObjectMeta annotations:{s creationTimestamp:s deletionGracePeriodSeconds:n deletionTimestamp:s finalizers:[s generateName:s generation:n labels:{s managedFields:[V1ManagedFieldsEntry name:s namespace:s ownerReferences:[V1OwnerReference resourceVersion:s selfLink:s uid:s
V1ObjectReference apiVersion:s fieldPath:s kind:s name:s namespace:s resourceVersion:s uid:s
V1Overhead podFixed:{q
V1OwnerReference apiVersion:s blockOwnerDeletion:b controller:b kind:s name:s uid:s
V1ParamKind apiVersion:s kind:s
V1ParamRef name:s namespace:s parameterNotFoundAction:s selector:V1LabelSelector
V1ParentReference group:s name:s namespace:s resource:s
V1PersistentVolume apiVersion:s kind:s metadata:V1ObjectMeta spec:V1PersistentVolumeSpec
V1PersistentVolumeClaim apiVersion:s kind:s metadata:V1ObjectMeta spec:V1PersistentVolumeClaimSpec
V1PersistentVolumeClaimSpec accessModes:[s dataSource:V1TypedLocalObjectReference dataSourceRef:V1TypedObjectReference resources:V1VolumeResourceRequirements selector:V1LabelSelector storageClassName:s volumeAttributesClassName:s volumeMode:s volumeName:s
V1PersistentVolumeClaimTemplate metadata:V1ObjectMeta spec:V1PersistentVolumeClaimSpec
V1PersistentVolumeClaimVolumeSource claimName:s readOnly:b
V1PersistentVolumeSpec accessModes:[s awsElasticBlockStore:V1AWSElasticBlockStoreVolumeSource azureDisk:V1AzureDiskVolumeSource azureFile:V1AzureFilePersistentVolumeSource capacity:{q cephfs:V1CephFSPersistentVolumeSource cinder:V1CinderPersistentVolumeSource claimRef:V1ObjectReference csi:V1CSIPersistentVolumeSource fc:V1FCVolumeSource flexVolume:V1FlexPersistentVolumeSource flocker:V1FlockerVolumeSource gcePersistentDisk:V1GCEPersistentDiskVolumeSource glusterfs:V1GlusterfsPersistentVolumeSource hostPath:V1HostPathVolumeSource iscsi:V1ISCSIPersistentVolumeSource local:V1LocalVolumeSource mountOptions:[s nfs:V1NFSVolumeSource nodeAffinity:V1VolumeNodeAffinity persistentVolumeReclaimPolicy:s photonPersistentDisk:V1PhotonPersistentDiskVolumeSource portworxVolume:V1PortworxVolumeSource quobyte:V1QuobyteVolumeSource rbd:V1RBDPersistentVolumeSource scaleIO:V1ScaleIOPersistentVolumeSource storageClassName:s storageos:V1StorageOSPersistentVolumeSource volumeAttributesClassName:s volumeMode:s vsphereVolume:V1VsphereVirtualDiskVolumeSource
V1PhotonPersistentDiskVolumeSource fsType:s pdID:s
V1Pod apiVersion:s kind:s metadata:V1ObjectMeta spec:V1PodSpec
V1PodAffinity preferredDuringSchedulingIgnoredDuringExecution:[V1WeightedPodAffinityTerm requiredDuringSchedulingIgnoredDuringExecution:[V1PodAffinityTerm
V1PodAffinityTerm labelSelector:V1LabelSelector matchLabelKeys:[s mismatchLabelKeys:[s namespaceSelector:V1LabelSelector namespaces:[s topologyKey:s
V1PodAntiAffinity preferredDuringSchedulingIgnoredDuringExecution:[V1WeightedPodAffinityTerm requiredDuringSchedulingIgnoredDuringExecution:[V1PodAffinityTerm
V1PodCertificateProjection certificateChainPath:s credentialBundlePath:s keyPath:s keyType:s maxExpirationSeconds:n signerName:s
V1PodDNSConfig nameservers:[s options:[V1PodDNSConfigOption searches:[s
V1PodDNSConfigOption name:s value:s
V1PodDisruptionBudget apiVersion:s kind:s metadata:V1ObjectMeta spec:V1PodDisruptionBudgetSpec
V1PodDisruptionBudgetSpec maxUnavailable:i minAvailable:i selector:V1LabelSelector unhealthyPodEvictionPolicy:s
V1PodFailurePolicy rules:[V1PodFailurePolicyRule
V1PodFailurePolicyOnExitCodesRequirement containerName:s operator:s values:[n
V1PodFailurePolicyOnPodConditionsPattern status:s type:s
V1PodFailurePolicyRule action:s onExitCodes:V1PodFailurePolicyOnExitCodesRequirement onPodConditions:[V1PodFailurePolicyOnPodConditionsPattern
V1PodOS name:s
V1PodReadinessGate conditionType:s
V1PodResourceClaim name:s resourceClaimName:s resourceClaimTemplateName:s
V1PodSchedulingGate name:s
V1PodSecurityContext appArmorProfile:V1AppArmorProfile fsGroup:n fsGroupChangePolicy:s runAsGroup:n runAsNonRoot:b runAsUser:n seLinuxChangePolicy:s seLinuxOptions:V1SELinuxOptions seccompProfile:V1SeccompProfile supplementalGroups:[n supplementalGroupsPolicy:s sysctls:[V1Sysctl windowsOptions:V1WindowsSecurityContextOptions
V1PodSpec activeDeadlineSeconds:n affinity:V1Affinity automountServiceAccountToken:b containers:[V1Container dnsConfig:V1PodDNSConfig dnsPolicy:s enableServiceLinks:b ephemeralContainers:[V1EphemeralContainer hostAliases:[V1HostAlias hostIPC:b hostNetwork:b hostPID:b hostUsers:b hostname:s hostnameOverride:s imagePullSecrets:[V1LocalObjectReference initContainers:[V1Container nodeName:s nodeSelector:{s os:V1PodOS overhead:{q preemptionPolicy:s priority:n priorityClassName:s readinessGates:[V1PodReadinessGate resourceClaims:[V1PodResourceClaim resources:V1ResourceRequirements restartPolicy:s runtimeClassName:s schedulerName:s schedulingGates:[V1PodSchedulingGate securityContext:V1PodSecurityContext serviceAccount:s serviceAccountName:s setHostnameAsFQDN:b shareProcessNamespace:b subdomain:s terminationGracePeriodSeconds:n tolerations:[V1Toleration topologySpreadConstraints:[V1TopologySpreadConstraint volumes:[V1Volume
V1PodTemplate apiVersion:s kind:s metadata:V1ObjectMeta template:V1PodTemplateSpec
V1PodTemplateSpec metadata:V1ObjectMeta spec:V1PodSpec
V1PolicyRule apiGroups:[s nonResourceURLs:[s resourceNames:[s resources:[s verbs:[s
V1PolicyRulesWithSubjects nonResourceRules:[V1NonResourcePolicyRule resourceRules:[V1ResourcePolicyRule subjects:[FlowcontrolV1Subject
V1PortworxVolumeSource fsType:s readOnly:b volumeID:s
V1Preconditions resourceVersion:s uid:s
V1PreferredSchedulingTerm preference:V1NodeSelectorTerm weight:n
V1PriorityClass apiVersion:s description:s globalDefault:b kind:s metadata:V1ObjectMeta preemptionPolicy:s value:n
V1PriorityLevelConfiguration apiVersion:s kind:s metadata:V1ObjectMeta spec:V1PriorityLevelConfigurationSpec
V1PriorityLevelConfigurationReference name:s
V1PriorityLevelConfigurationSpec exempt:V1ExemptPriorityLevelConfiguration limited:V1LimitedPriorityLevelConfiguration type:s
V1Probe exec:V1ExecAction failureThreshold:n grpc:V1GRPCAction httpGet:V1HTTPGetAction initialDelaySeconds:n periodSeconds:n successThreshold:n tcpSocket:V1TCPSocketAction terminationGracePeriodSeconds:n timeoutSeconds:n
V1ProjectedVolumeSource defaultMode:n sources:[V1VolumeProjection
V1QueuingConfiguration handSize:n queueLengthLimit:n queues:n
V1QuobyteVolumeSource group:s readOnly:b registry:s tenant:s user:s volume:s
V1RBDPersistentVolumeSource fsType:s image:s keyring:s monitors:[s pool:s readOnly:b secretRef:V1SecretReference user:s
V1RBDVolumeSource fsType:s image:s keyring:s monitors:[s pool:s readOnly:b secretRef:V1LocalObjectReference user:s
V1ReplicaSet apiVersion:s kind:s metadata:V1ObjectMeta spec:V1ReplicaSetSpec
V1ReplicaSetSpec minReadySeconds:n replicas:n selector:V1LabelSelector template:V1PodTemplateSpec
V1ReplicationController apiVersion:s kind:s metadata:V1ObjectMeta spec:V1ReplicationControllerSpec
V1ReplicationControllerSpec minReadySeconds:n replicas:n selector:{s template:V1PodTemplateSpec
V1ResourceFieldSelector containerName:s divisor:q resource:s
V1ResourcePolicyRule apiGroups:[s clusterScope:b namespaces:[s resources:[s verbs:[s
V1ResourceQuota apiVersion:s kind:s metadata:V1ObjectMeta spec:V1ResourceQuotaSpec
V1ResourceQuotaSpec hard:{q scopeSelector:V1ScopeSelector scopes:[s
V1ResourceRequirements claims:[CoreV1ResourceClaim limits:{q requests:{q
V1Role apiVersion:s kind:s metadata:V1ObjectMeta rules:[V1PolicyRule
V1RoleBinding apiVersion:s kind:s metadata:V1ObjectMeta roleRef:V1RoleRef subjects:[RbacV1Subject
V1RoleRef apiGroup:s kind:s name:s
V1RollingUpdateDaemonSet maxSurge:i maxUnavailable:i
V1RollingUpdateDeployment maxSurge:i maxUnavailable:i
V1RollingUpdateStatefulSetStrategy maxUnavailable:i partition:n
V1RuleWithOperations apiGroups:[s apiVersions:[s operations:[s resources:[s scope:s
V1RuntimeClass apiVersion:s handler:s kind:s metadata:V1ObjectMeta overhead:V1Overhead scheduling:V1Scheduling
V1SELinuxOptions level:s role:s type:s user:s
V1ScaleIOPersistentVolumeSource fsType:s gateway:s protectionDomain:s readOnly:b secretRef:V1SecretReference sslEnabled:b storageMode:s storagePool:s system:s volumeName:s
V1ScaleIOVolumeSource fsType:s gateway:s protectionDomain:s readOnly:b secretRef:V1LocalObjectReference sslEnabled:b storageMode:s storagePool:s system:s volumeName:s
V1Scheduling nodeSelector:{s tolerations:[V1Toleration
V1ScopeSelector matchExpressions:[V1ScopedResourceSelectorRequirement
V1ScopedResourceSelectorRequirement operator:s scopeName:s values:[s
V1SeccompProfile localhostProfile:s type:s
V1Secret apiVersion:s data:{y immutable:b kind:s metadata:V1ObjectMeta stringData:{s type:s
V1SecretEnvSource name:s optional:b
V1SecretKeySelector key:s name:s optional:b
V1SecretProjection items:[V1KeyToPath name:s optional:b
V1SecretReference name:s namespace:s
V1SecretVolumeSource defaultMode:n items:[V1KeyToPath optional:b secretName:s
V1SecurityContext allowPrivilegeEscalation:b appArmorProfile:V1AppArmorProfile capabilities:V1Capabilities privileged:b procMount:s readOnlyRootFilesystem:b runAsGroup:n runAsNonRoot:b runAsUser:n seLinuxOptions:V1SELinuxOptions seccompProfile:V1SeccompProfile windowsOptions:V1WindowsSecurityContextOptions
V1Service apiVersion:s kind:s metadata:V1ObjectMeta spec:V1ServiceSpec
V1ServiceAccount apiVersion:s automountServiceAccountToken:b imagePullSecrets:[V1LocalObjectReference kind:s metadata:V1ObjectMeta secrets:[V1ObjectReference
V1ServiceAccountSubject name:s namespace:s
V1ServiceAccountTokenProjection audience:s expirationSeconds:n path:s
V1ServiceBackendPort name:s number:n
V1ServiceCIDR apiVersion:s kind:s metadata:V1ObjectMeta spec:V1ServiceCIDRSpec
V1ServiceCIDRSpec cidrs:[s
V1ServicePort appProtocol:s name:s nodePort:n port:n protocol:s targetPort:i
V1ServiceSpec allocateLoadBalancerNodePorts:b clusterIP:s clusterIPs:[s externalIPs:[s externalName:s externalTrafficPolicy:s healthCheckNodePort:n internalTrafficPolicy:s ipFamilies:[s ipFamilyPolicy:s loadBalancerClass:s loadBalancerIP:s loadBalancerSourceRanges:[s ports:[V1ServicePort publishNotReadyAddresses:b selector:{s sessionAffinity:s sessionAffinityConfig:V1SessionAffinityConfig trafficDistribution:s type:s
V1SessionAffinityConfig clientIP:V1ClientIPConfig
V1SleepAction seconds:n
V1StatefulSet apiVersion:s kind:s metadata:V1ObjectMeta spec:V1StatefulSetSpec
V1StatefulSetOrdinals start:n
V1StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:s whenScaled:s
V1StatefulSetSpec minReadySeconds:n ordinals:V1StatefulSetOrdinals persistentVolumeClaimRetentionPolicy:V1StatefulSetPersistentVolumeClaimRetentionPolicy podManagementPolicy:s replicas:n revisionHistoryLimit:n selector:V1LabelSelector serviceName:s template:V1PodTemplateSpec updateStrategy:V1StatefulSetUpdateStrategy volumeClaimTemplates:[V1PersistentVolumeClaim
V1StatefulSetUpdateStrategy rollingUpdate:V1RollingUpdateStatefulSetStrategy type:s
V1StorageClass allowVolumeExpansion:b allowedTopologies:[V1TopologySelectorTerm apiVersion:s kind:s metadata:V1ObjectMeta mountOptions:[s parameters:{s provisioner:s reclaimPolicy:s volumeBindingMode:s
V1StorageOSPersistentVolumeSource fsType:s readOnly:b secretRef:V1ObjectReference volumeName:s volumeNamespace:s
V1StorageOSVolumeSource fsType:s readOnly:b secretRef:V1LocalObjectReference volumeName:s volumeNamespace:s
V1SuccessPolicy rules:[V1SuccessPolicyRule
V1SuccessPolicyRule succeededCount:n succeededIndexes:s
V1Sysctl name:s value:s
V1TCPSocketAction host:s port:i
V1Taint effect:s key:s timeAdded:s value:s
V1TokenRequestSpec audiences:[s boundObjectRef:V1BoundObjectReference expirationSeconds:n
V1Toleration effect:s key:s operator:s tolerationSeconds:n value:s
V1TopologySelectorLabelRequirement key:s values:[s
V1TopologySelectorTerm matchLabelExpressions:[V1TopologySelectorLabelRequirement
V1TopologySpreadConstraint labelSelector:V1LabelSelector matchLabelKeys:[s maxSkew:n minDomains:n nodeAffinityPolicy:s nodeTaintsPolicy:s topologyKey:s whenUnsatisfiable:s
V1TypedLocalObjectReference apiGroup:s kind:s name:s
V1TypedObjectReference apiGroup:s kind:s name:s namespace:s
V1UserSubject name:s
V1ValidatingAdmissionPolicy apiVersion:s kind:s metadata:V1ObjectMeta spec:V1ValidatingAdmissionPolicySpec
V1ValidatingAdmissionPolicyBinding apiVersion:s kind:s metadata:V1ObjectMeta spec:V1ValidatingAdmissionPolicyBindingSpec
V1ValidatingAdmissionPolicyBindingSpec matchResources:V1MatchResources paramRef:V1ParamRef policyName:s validationActions:[s
V1ValidatingAdmissionPolicySpec auditAnnotations:[V1AuditAnnotation failurePolicy:s matchConditions:[V1MatchCondition matchConstraints:V1MatchResources paramKind:V1ParamKind validations:[V1Validation variables:[V1Variable
V1ValidatingWebhook admissionReviewVersions:[s clientConfig:AdmissionregistrationV1WebhookClientConfig failurePolicy:s matchConditions:[V1MatchCondition matchPolicy:s name:s namespaceSelector:V1LabelSelector objectSelector:V1LabelSelector rules:[V1RuleWithOperations sideEffects:s timeoutSeconds:n
V1ValidatingWebhookConfiguration apiVersion:s kind:s metadata:V1ObjectMeta webhooks:[V1ValidatingWebhook
V1Validation expression:s message:s messageExpression:s reason:s
V1Variable expression:s name:s
V1Volume awsElasticBlockStore:V1AWSElasticBlockStoreVolumeSource azureDisk:V1AzureDiskVolumeSource azureFile:V1AzureFileVolumeSource cephfs:V1CephFSVolumeSource cinder:V1CinderVolumeSource configMap:V1ConfigMapVolumeSource csi:V1CSIVolumeSource downwardAPI:V1DownwardAPIVolumeSource emptyDir:V1EmptyDirVolumeSource ephemeral:V1EphemeralVolumeSource fc:V1FCVolumeSource flexVolume:V1FlexVolumeSource flocker:V1FlockerVolumeSource gcePersistentDisk:V1GCEPersistentDiskVolumeSource gitRepo:V1GitRepoVolumeSource glusterfs:V1GlusterfsVolumeSource hostPath:V1HostPathVolumeSource image:V1ImageVolumeSource iscsi:V1ISCSIVolumeSource name:s nfs:V1NFSVolumeSource persistentVolumeClaim:V1PersistentVolumeClaimVolumeSource photonPersistentDisk:V1PhotonPersistentDiskVolumeSource portworxVolume:V1PortworxVolumeSource projected:V1ProjectedVolumeSource quobyte:V1QuobyteVolumeSource rbd:V1RBDVolumeSource scaleIO:V1ScaleIOVolumeSource secret:V1SecretVolumeSource storageos:V1StorageOSVolumeSource vsphereVolume:V1VsphereVirtualDiskVolumeSource
V1VolumeAttachment apiVersion:s kind:s metadata:V1ObjectMeta spec:V1VolumeAttachmentSpec
V1VolumeAttachmentSource inlineVolumeSpec:V1PersistentVolumeSpec persistentVolumeName:s
V1VolumeAttachmentSpec attacher:s nodeName:s source:V1VolumeAttachmentSource
V1VolumeAttributesClass apiVersion:s driverName:s kind:s metadata:V1ObjectMeta parameters:{s
V1VolumeDevice devicePath:s name:s
V1VolumeMount mountPath:s mountPropagation:s name:s readOnly:b recursiveReadOnly:s subPath:s subPathExpr:s
V1VolumeNodeAffinity required:V1NodeSelector
V1VolumeNodeResources count:n
V1VolumeProjection clusterTrustBundle:V1ClusterTrustBundleProjection configMap:V1ConfigMapProjection downwardAPI:V1DownwardAPIProjection podCertificate:V1PodCertificateProjection secret:V1SecretProjection serviceAccountToken:V1ServiceAccountTokenProjection
V1VolumeResourceRequirements limits:{q requests:{q
V1VsphereVirtualDiskVolumeSource fsType:s storagePolicyID:s storagePolicyName:s volumePath:s
V1WeightedPodAffinityTerm podAffinityTerm:V1PodAffinityTerm weight:n
V1WindowsSecurityContextOptions gmsaCredentialSpec:s gmsaCredentialSpecName:s hostProcess:b runAsUserName:s
V1beta1ApplyConfiguration expression:s
V1beta1ClusterTrustBundle apiVersion:s kind:s metadata:V1ObjectMeta spec:V1beta1ClusterTrustBundleSpec
V1beta1ClusterTrustBundleSpec signerName:s trustBundle:s
V1beta1IPAddress apiVersion:s kind:s metadata:V1ObjectMeta spec:V1beta1IPAddressSpec
V1beta1IPAddressSpec parentRef:V1beta1ParentReference
V1beta1JSONPatch expression:s
V1beta1LeaseCandidate apiVersion:s kind:s metadata:V1ObjectMeta spec:V1beta1LeaseCandidateSpec
V1beta1LeaseCandidateSpec binaryVersion:s emulationVersion:s leaseName:s pingTime:s renewTime:s strategy:s
V1beta1MatchCondition expression:s name:s
V1beta1MatchResources excludeResourceRules:[V1beta1NamedRuleWithOperations matchPolicy:s namespaceSelector:V1LabelSelector objectSelector:V1LabelSelector resourceRules:[V1beta1NamedRuleWithOperations
V1beta1MutatingAdmissionPolicy apiVersion:s kind:s metadata:V1ObjectMeta spec:V1beta1MutatingAdmissionPolicySpec
V1beta1MutatingAdmissionPolicyBinding apiVersion:s kind:s metadata:V1ObjectMeta spec:V1beta1MutatingAdmissionPolicyBindingSpec
V1beta1MutatingAdmissionPolicyBindingSpec matchResources:V1beta1MatchResources paramRef:V1beta1ParamRef policyName:s
V1beta1MutatingAdmissionPolicySpec failurePolicy:s matchConditions:[V1beta1MatchCondition matchConstraints:V1beta1MatchResources mutations:[V1beta1Mutation paramKind:V1beta1ParamKind reinvocationPolicy:s variables:[V1beta1Variable
V1beta1Mutation applyConfiguration:V1beta1ApplyConfiguration jsonPatch:V1beta1JSONPatch patchType:s
V1beta1NamedRuleWithOperations apiGroups:[s apiVersions:[s operations:[s resourceNames:[s resources:[s scope:s
V1beta1ParamKind apiVersion:s kind:s
V1beta1ParamRef name:s namespace:s parameterNotFoundAction:s selector:V1LabelSelector
V1beta1ParentReference group:s name:s namespace:s resource:s
V1beta1ServiceCIDR apiVersion:s kind:s metadata:V1ObjectMeta spec:V1beta1ServiceCIDRSpec
V1beta1ServiceCIDRSpec cidrs:[s
V1beta1Variable expression:s name:s
V1beta1VolumeAttributesClass apiVersion:s driverName:s kind:s metadata:V1ObjectMeta parameters:{s
V1beta3ExemptPriorityLevelConfiguration lendablePercent:n nominalConcurrencyShares:n
V1beta3FlowDistinguisherMethod type:s
V1beta3FlowSchema apiVersion:s kind:s metadata:V1ObjectMeta spec:V1beta3FlowSchemaSpec
V1beta3FlowSchemaSpec distinguisherMethod:V1beta3FlowDistinguisherMethod matchingPrecedence:n priorityLevelConfiguration:V1beta3PriorityLevelConfigurationReference rules:[V1beta3PolicyRulesWithSubjects
V1beta3GroupSubject name:s
V1beta3LimitResponse queuing:V1beta3QueuingConfiguration type:s
V1beta3LimitedPriorityLevelConfiguration borrowingLimitPercent:n lendablePercent:n limitResponse:V1beta3LimitResponse nominalConcurrencyShares:n
V1beta3NonResourcePolicyRule nonResourceURLs:[s verbs:[s
V1beta3PolicyRulesWithSubjects nonResourceRules:[V1beta3NonResourcePolicyRule resourceRules:[V1beta3ResourcePolicyRule subjects:[V1beta3Subject
V1beta3PriorityLevelConfiguration apiVersion:s kind:s metadata:V1ObjectMeta spec:V1beta3PriorityLevelConfigurationSpec
V1beta3PriorityLevelConfigurationReference name:s
V1beta3PriorityLevelConfigurationSpec exempt:V1beta3ExemptPriorityLevelConfiguration limited:V1beta3LimitedPriorityLevelConfiguration type:s
V1beta3QueuingConfiguration handSize:n queueLengthLimit:n queues:n
V1beta3ResourcePolicyRule apiGroups:[s clusterScope:b namespaces:[s resources:[s verbs:[s
V1beta3ServiceAccountSubject name:s namespace:s
V1beta3Subject group:V1beta3GroupSubject kind:s serviceAccount:V1beta3ServiceAccountSubject user:V1beta3UserSubject
V1beta3UserSubject name:s
V2ContainerResourceMetricSource container:s name:s target:V2MetricTarget
V2CrossVersionObjectReference apiVersion:s kind:s name:s
V2ExternalMetricSource metric:V2MetricIdentifier target:V2MetricTarget
V2HPAScalingPolicy periodSeconds:n type:s value:n
V2HPAScalingRules policies:[V2HPAScalingPolicy selectPolicy:s stabilizationWindowSeconds:n tolerance:q
V2HorizontalPodAutoscaler apiVersion:s kind:s metadata:V1ObjectMeta spec:V2HorizontalPodAutoscalerSpec
V2HorizontalPodAutoscalerBehavior scaleDown:V2HPAScalingRules scaleUp:V2HPAScalingRules
V2HorizontalPodAutoscalerSpec behavior:V2HorizontalPodAutoscalerBehavior maxReplicas:n metrics:[V2MetricSpec minReplicas:n scaleTargetRef:V2CrossVersionObjectReference
V2MetricIdentifier name:s selector:V1LabelSelector
V2MetricSpec containerResource:V2ContainerResourceMetricSource external:V2ExternalMetricSource object:V2ObjectMetricSource pods:V2PodsMetricSource resource:V2ResourceMetricSource type:s
V2MetricTarget averageUtilization:n averageValue:q type:s value:q
V2ObjectMetricSource describedObject:V2CrossVersionObjectReference metric:V2MetricIdentifier target:V2MetricTarget
V2PodsMetricSource metric:V2MetricIdentifier target:V2MetricTarget
V2ResourceMetricSource name:s target:V2MetricTarget`;
