/** The state of a container, now or before its last restart. */
export interface ContainerState {
  waiting?: { reason?: string; message?: string };
  terminated?: { reason?: string; message?: string; exitCode?: number };
  running?: object;
}

interface ContainerStatus {
  name: string;
  ready?: boolean;
  restartCount?: number;
  state?: ContainerState;
  lastState?: ContainerState;
}

interface Container {
  name: string;
  image?: string;
  restartPolicy?: string;
  resources?: {
    requests?: Partial<Record<string, string>>;
    limits?: Partial<Record<string, string>>;
  };
}

/** The parts of a pod that the checks read. */
export interface Pod {
  metadata: {
    name: string;
    namespace: string;
    creationTimestamp?: string;
    deletionTimestamp?: string;
  };
  spec: { containers: Container[]; initContainers?: Container[]; nodeName?: string };
  status: {
    phase?: string;
    reason?: string;
    message?: string;
    conditions?: {
      type: string;
      status: string;
      reason?: string;
      message?: string;
      lastTransitionTime?: string;
    }[];
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
}

/** The result of `kubectl get pods -o json`. */
export interface PodList {
  items: Pod[];
}
