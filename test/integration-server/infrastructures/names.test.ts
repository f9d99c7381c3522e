import { Names } from "../../../src/integration-server/infrastructures/names";

describe("the names of infrastructures and places", () => {
  const onHost = { type: "host", infrastructureId: "12", locationId: "4711" } as const;
  const inProject = { type: "openstackProject", infrastructureId: "12", locationId: "p-1" } as const;

  it("are ids until an answer has told them", () => {
    const names = new Names();
    expect(names.place(onHost)).toBe('hypervisor "4711" of the infrastructure "12"');
    expect(names.place(inProject)).toBe('project "p-1" of the infrastructure "12"');
    expect(names.place(onHost, "esx-07")).toBe('esx-07 ("4711") of the infrastructure "12"');
  });

  it("stand before the ids from then on, the latest ones", () => {
    const names = new Names();
    names.learnInfrastructure({ id: "12", address: "vcenter.example.com" });
    names.learnPlaces("12", [
      { id: "4711", name: "esx-06" },
      { id: "p-1", name: "security" },
    ]);
    names.learnPlaces("12", [{ id: "4711", name: "esx-07" }]);
    expect(names.place(onHost, "esx-05")).toBe('esx-07 ("4711") of vcenter.example.com ("12")');
    expect(names.place(inProject)).toBe('project security ("p-1") of vcenter.example.com ("12")');
    expect(names.infrastructure("12")).toBe('vcenter.example.com ("12")');
  });

  it("are those of one infrastructure only, and never empty", () => {
    const names = new Names();
    names.learnPlaces("13", [{ id: "4711", name: "esx-07" }]);
    names.learnPlaces("12", [{ id: "4711", name: "" }]);
    names.learnInfrastructure({ id: "12", address: "" });
    expect(names.place(onHost)).toBe('hypervisor "4711" of the infrastructure "12"');
  });
});
