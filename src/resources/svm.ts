/** `ksvla_svm`: a security virtual machine. */
export { svmSchema } from "./svms/schema";
