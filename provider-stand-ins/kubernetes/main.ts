import { runPlugin } from "../protocol/plugin-process";
import { kubernetesProvider } from "./kubernetes-provider";

runPlugin(kubernetesProvider());
